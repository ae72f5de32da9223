package dev.mainstay.app.generate;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Work that is done at once and again whenever one of some files changes, is made or goes. An
/// editor may write a file in several steps or put another in its place; that is one change.
public final class Watch {
  /// How long it must be quiet before the work is done.
  private static final Duration QUIET = Duration.ofMillis(50);

  /// How often the quiet may be disturbed.
  private static final int DISTURBANCES = 40;

  private final Set<Path> names = new LinkedHashSet<>();
  private final Set<Path> folders = new LinkedHashSet<>();

  /// @param files there or not; their folders must be
  public Watch(List<Path> files) throws IOException {
    for (Path file : files) {
      add(file.toAbsolutePath());
      if (Files.exists(file)) add(file.toRealPath());
    }
  }

  private void add(Path file) {
    names.add(file.getFileName());
    folders.add(file.resolveSibling(""));
  }

  /// Until the thread is interrupted.
  public void run(Runnable work) throws IOException, InterruptedException {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      for (Path folder : folders)
        folder.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      // What changes from here on is noticed, though it be while the work is done.
      while (true) {
        work.run();
        while (!changed(service.take())) {}
        for (int i = 0; i < DISTURBANCES; i++) {
          WatchKey more = service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
          if (more == null) break;
          changed(more);
        }
      }
    }
  }

  private boolean changed(WatchKey key) {
    boolean changed = false;
    for (WatchEvent<?> event : key.pollEvents())
      changed |=
          event.kind().equals(StandardWatchEventKinds.OVERFLOW)
              || event.context() instanceof Path name && names.contains(name);
    key.reset();
    return changed;
  }
}
