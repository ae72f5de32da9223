package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "config",
    description = "Print every setting with its value, and where that came from.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConfigCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final ProjectArgument project = new ProjectArgument();

  ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal, listen.settings());
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("SETTING", "VALUE", "FROM"));
    for (Config.Effective one : config.effective())
      rows.add(List.of(one.key(), one.value().isEmpty() ? "-" : one.value(), one.origin()));
    Columns.print(rows, terminal);
    return 0;
  }
}
