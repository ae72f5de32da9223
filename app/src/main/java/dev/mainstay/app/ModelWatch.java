package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.generate.Watch;
import dev.mainstay.core.model.Change;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Takes up the model file whenever it is saved, beside the requests, and says of each save what it
/// came to.
final class ModelWatch implements AutoCloseable {
  /// How many changes are named; a plan names all.
  private static final int NAMED = 3;

  private final Config config;
  private final Follower follower;
  private final Terminal terminal;
  private final Thread thread;
  private volatile boolean isClosing;
  private boolean isFirst = true;

  /// What is watched beside the model: what may have been the reason why it was not taken up.
  private List<Path> more = List.of();

  private ModelWatch(Config config, Follower follower, Terminal terminal) {
    this.config = config;
    this.follower = follower;
    this.terminal = terminal;
    var watch = new Watch(this::files);
    this.thread =
        Thread.ofPlatform()
            .name("watch")
            .daemon(true)
            .unstarted(
                () -> {
                  try {
                    watch.run(this::saved);
                  } catch (InterruptedException _) {
                    // That is how it ends.
                  } catch (IOException e) {
                    terminal.say(file() + " is not watched any more: " + e.getMessage());
                  }
                });
  }

  /// Begins to watch, and takes up what was saved since the server has read the file.
  static ModelWatch start(Config config, Follower follower, Terminal terminal) {
    var watch = new ModelWatch(config, follower, terminal);
    watch.thread.start();
    return watch;
  }

  private List<Path> files() {
    return Stream.concat(Stream.of(config.model()), more.stream()).toList();
  }

  private void saved() {
    if (isClosing) return;
    long begun = System.nanoTime();
    more = List.of();
    try {
      Backend backend = Backend.read(config.model());
      more = seeds(backend);
      Follower.Saved saved = follower.save(backend);
      more = List.of();
      if (!(isFirst && saved instanceof Follower.Saved.Same)) say(saved, begun);
    } catch (Exception e) {
      if (isClosing) return;
      Main.explain(e, terminal);
      terminal.say("%s: not taken up, %s".formatted(file(), served(begun)));
    } finally {
      isFirst = false;
    }
  }

  private List<Path> seeds(Backend backend) {
    return backend.own().tables().stream()
        .flatMap(table -> table.seeds().stream())
        .map(seed -> config.model().resolveSibling(seed.file()))
        .filter(file -> Files.isDirectory(file.toAbsolutePath().resolveSibling("")))
        .toList();
  }

  private void say(Follower.Saved saved, long begun) {
    switch (saved) {
      case Follower.Saved.Same() -> terminal.say(file() + ": nothing has changed");
      case Follower.Saved.Taken(List<Change> changes, Migration migration) ->
          terminal.say(
              "%s: %s; %sserved after %s"
                  .formatted(
                      file(),
                      sentence(changes),
                      migration == null ? "" : "applied and ",
                      time(begun)));
      case Follower.Saved.Left(Migration migration) -> {
        terminal.say(
            "%s: %s; not applied, for %s, %s"
                .formatted(
                    file(), sentence(migration.changes()), reason(migration), served(begun)));
        terminal.say("\n" + MigrationText.ahead(migration) + "\n\n" + advice(migration) + "\n");
      }
    }
  }

  private static String sentence(List<Change> changes) {
    if (changes.isEmpty()) return "the model is the same";
    List<String> named = changes.stream().limit(NAMED).map(Change::sentence).toList();
    int more = changes.size() - named.size();
    return String.join(", ", named) + (more == 0 ? "" : " and " + more + " more");
  }

  private static String reason(Migration migration) {
    if (migration.isInTheWay()) return "something is in the way";
    if (!migration.losses().isEmpty()) return "something would be lost";
    if (!migration.agenda().due().isEmpty()) return "a migration is to run";
    return migration.steps().stream().allMatch(Step::isQuick)
        ? "others have changed the database"
        : "it takes its time";
  }

  private String advice(Migration migration) {
    if (migration.isInTheWay()) return "It is looked at again when it is saved again.";
    String command =
        migration.losses().isEmpty() ? "mainstay apply" : "mainstay apply --allow-data-loss";
    return config.database().url() == null
        ? "To apply it, stop this server and run `" + command + "`."
        : "To apply it, run `" + command + "`; this server then takes it up.";
  }

  private String served(long begun) {
    return "version %d is served still (%s)".formatted(follower.version(), time(begun));
  }

  private String file() {
    return String.valueOf(config.model().getFileName());
  }

  private static String time(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms";
  }

  @Override
  public void close() {
    isClosing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
