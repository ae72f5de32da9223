package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.FaultPrinter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Read the model and the configuration, and tell what is wrong with them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "Its folder, or its model file. Default: the current folder.")
  private @Nullable Path project;

  @Mixin private final ProjectOptions options = new ProjectOptions();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = options.config(terminal, project);
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
