package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.sql.Migration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "apply",
    description = {
      "Bring the database to the model, as `mainstay plan` shows. A server that has the data folder"
          + " is stopped before."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ApplyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final LossOptions losses = new LossOptions();
  @Mixin private final ProjectArgument project = new ProjectArgument();

  ApplyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    Backend.read(config.model()).declared();
    Store.openBeside(config).close();
    terminal.say(MigrationText.of(apply(config, losses, terminal)));
    return 0;
  }

  /// Brings the database, which is there, to the model.
  static Migration apply(Config config, LossOptions losses, Terminal terminal) {
    Backend backend = Backend.read(config.model()).declared();
    Store store = Store.open(config);
    try {
      boolean mayLose = losses.allow(() -> store.plan(backend, config.model()), config, terminal);
      return store.apply(backend, config.model(), mayLose);
    } finally {
      store.close();
    }
  }
}
