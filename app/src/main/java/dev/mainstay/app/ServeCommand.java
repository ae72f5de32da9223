package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.sql.Migration;
import java.util.concurrent.Callable;
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

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final ProjectArgument project = new ProjectArgument();

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal, listen.settings());
    if (apply && Store.isThere(config)) {
      Migration migration = ApplyCommand.apply(config, LossOptions.none(), terminal);
      if (!migration.steps().isEmpty() || !migration.agenda().due().isEmpty())
        terminal.say(MigrationText.of(migration) + "\n");
    }
    Server server = Server.start(config, terminal);
    terminal.say(
        "Mainstay serves "
            + config.model().normalize()
            + " at "
            + server.url()
            + server.restPath());
    terminal.say("Data: " + server.data() + ". Keys: mainstay keys show. Ctrl-C stops it.");
    server.untilStopped();
    return 0;
  }
}
