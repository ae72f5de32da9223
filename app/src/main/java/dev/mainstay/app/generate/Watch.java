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
import java.util.function.Supplier;

/// Work that is done at once and again whenever one of some files changes, is made or goes. An
/// editor may write a file in several steps or put another in its place; that is one change.
public final class Watch {
  /// How long it must be quiet before the work is done.
  private static final Duration QUIET = Duration.ofMillis(50);

  /// How often the quiet may be disturbed.
  private static final int DISTURBANCES = 40;

  private final Supplier<List<Path>> files;
  private final Set<Path> names = new LinkedHashSet<>();

  /// @param files there or not; their folders must be
  public Watch(List<Path> files) {
    this(() -> files);
  }

  /// @param files asked for again after the work
  public Watch(Supplier<List<Path>> files) {
    this.files = files;
  }

  private void look(WatchService service) throws IOException {
    names.clear();
    for (Path file : files.get()) {
      add(file.toAbsolutePath(), service);
      if (Files.exists(file)) add(file.toRealPath(), service);
    }
  }

  private void add(Path file, WatchService service) throws IOException {
    names.add(file.getFileName());
    file.resolveSibling("")
        .register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
  }

  /// Until the thread is interrupted.
  public void run(Runnable work) throws IOException, InterruptedException {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      // What changes from here on is noticed, though it be while the work is done.
      look(service);
      while (true) {
        work.run();
        look(service);
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
