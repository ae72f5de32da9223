package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.read.Reading;
import dev.mainstay.sql.Migration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = "Serve a project until Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--apply",
      description = "First bring the database to the model, if nothing is lost by it.")
  private boolean apply;

  @Option(
      names = "--watch",
      description = {
        "Take up the model whenever it is saved, and change the tables for it where that is"
            + " harmless. For development."
      })
  private boolean watch;

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final ProjectArgument project = new ProjectArgument();

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal, listen.settings());
    if ((apply || watch) && Store.isThere(config)) {
      Migration migration =
          apply
              ? ApplyCommand.apply(config, LossOptions.none(), terminal)
              : appliedIfHarmless(config);
      if (migration != null && !(migration.steps().isEmpty() && migration.agenda().due().isEmpty()))
        terminal.say(MigrationText.of(migration) + "\n");
    }
    Server server = Server.start(config, terminal);
    terminal.say(
        "Mainstay serves "
            + (Backend.isUnsaid(config)
                ? "the database as it is"
                : config.model().normalize().toString())
            + " at "
            + server.url()
            + server.restPath());
    terminal.say("Data: " + server.data() + ". Keys: mainstay keys show. Ctrl-C stops it.");
    if (watch) {
      terminal.say("Whenever " + config.model().getFileName() + " is saved, it is taken up.");
      server = server.watching(terminal);
    }
    server.untilStopped();
    return 0;
  }

  /// Null when it is not; the server then says what it takes.
  private static @Nullable Migration appliedIfHarmless(Config config) {
    Backend backend = Backend.read(config.model());
    if (backend.from() == Reading.From.DATABASE) return null;
    Store store = Store.open(config);
    try {
      return store.plan(backend, config.model()).isHarmless()
          ? store.apply(backend, config.model(), /* mayLose= */ false)
          : null;
    } finally {
      store.close();
    }
  }
}
