package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.FaultPrinter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    description = "Read the model and the configuration, and tell what is wrong with them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ProjectArgument project = new ProjectArgument();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    Backend backend = Backend.read(config.model());
    List<Fault> advice = backend.advice();
    if (!advice.isEmpty()) terminal.say(FaultPrinter.print(advice).stripTrailing() + "\n");
    int tables = backend.own().tables().size();
    terminal.say(
        config.model().normalize()
            + ": "
            + tables
            + (tables == 1 ? " table" : " tables")
            + ", no faults");
    return 0;
  }
}
