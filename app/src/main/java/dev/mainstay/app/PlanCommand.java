package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.sql.Migration;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "Its folder, or its model file. Default: the current folder.")
  private @Nullable Path project;

  @Mixin private final ProjectOptions options = new ProjectOptions();

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = options.config(terminal, project);
    Backend backend = Backend.read(config.model());
    Store store = Store.openBeside(config);
    try {
      Migration migration = store.plan(backend, config.model());
      terminal.say(MigrationText.of(migration));
      return migration.obstacles().isEmpty() ? 0 : Main.CANNOT;
    } finally {
      store.close();
    }
  }
}
