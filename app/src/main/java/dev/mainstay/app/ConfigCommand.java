package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "config",
    description = "Print every setting with its value, and where that came from.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConfigCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "Its folder, or its model file. Default: the current folder.")
  private @Nullable Path project;

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final ProjectOptions options = new ProjectOptions();

  ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = options.config(terminal, project, listen.settings());
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("SETTING", "VALUE", "FROM"));
    for (Config.Effective one : config.effective())
      rows.add(List.of(one.key(), one.value().isEmpty() ? "-" : one.value(), one.origin()));
    Columns.print(rows, terminal);
    return 0;
  }
}
