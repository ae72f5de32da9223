package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.sql.postgres.PostgresNotices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "reload",
    description = {
      "Have every server of a database look at once what its tables are by now, where the model"
          + " leaves them to it (from: database).",
      "The same as NOTIFY pgrst or NOTIFY mainstay in SQL."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReloadCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ProjectArgument project = new ProjectArgument();

  ReloadCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    Secret url = config.database().direct();
    if (url == null) url = config.database().url();
    if (url == null)
      throw new Sorry("There is nobody to tell: database.url names no PostgreSQL database");
    PostgresNotices.reload(url.reveal());
    terminal.say("Told every server that listens.");
    return 0;
  }
}
