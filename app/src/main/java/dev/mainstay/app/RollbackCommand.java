package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.sql.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rollback",
    description = {
      "Bring the database back to an earlier version of the model, as a change like any other. The"
          + " rows stay; what the earlier model has no place for is lost, if that is allowed."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RollbackCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "Which, counted from 1. Default: the one before.")
  private @Nullable Long version;

  @Option(names = "--plan", description = "Only show what would be done.")
  private boolean onlyPlan;

  @Mixin private final LossOptions losses = new LossOptions();
  @Mixin private final ProjectArgument project = new ProjectArgument();

  RollbackCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Config config = project.config(terminal);
    Store.openBeside(config).close();
    Store store = onlyPlan ? Store.openBeside(config) : Store.open(config);
    try {
      String current = store.applied().source();
      Backend earlier = store.earlier(version);
      String staying = MigrationText.staying(store.ranSince(version));
      if (onlyPlan) {
        Migration migration = store.planBack(earlier, config.model());
        terminal.say(MigrationText.of(migration) + staying);
        return migration.obstacles().isEmpty() ? 0 : Main.CANNOT;
      }
      boolean mayLose =
          losses.allow(() -> store.planBack(earlier, config.model()), config, terminal);
      terminal.say(MigrationText.of(store.applyBack(earlier, config.model(), mayLose)) + staying);
      terminal.say("\n" + restored(config.model(), current, earlier.source().text()));
      return 0;
    } finally {
      store.close();
    }
  }

  /// Puts the earlier model into its file, unless that holds something that nothing else does.
  private static String restored(Path file, String current, String earlier) throws IOException {
    if (Files.exists(file) && !Files.readString(file).equals(current))
      return file.normalize() + " says something else than the database did; it was left as it is.";
    Files.writeString(file, earlier);
    return file.normalize() + " is the earlier one again.";
  }
}
