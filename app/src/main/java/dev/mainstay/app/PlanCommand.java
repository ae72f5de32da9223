package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.sql.Migration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    description = {
      "Compare the model with the database, and show what `mainstay apply` would do. Nothing is"
          + " changed.",
      "Ends with status 1 when something is in the way."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ProjectArgument project = new ProjectArgument();

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    Backend backend = Backend.read(config.model()).declared();
    Store store = Store.openBeside(config);
    try {
      Migration migration = store.plan(backend, config.model());
      terminal.say(MigrationText.ahead(migration));
      return migration.isInTheWay() ? Main.CANNOT : 0;
    } finally {
      store.close();
    }
  }
}
