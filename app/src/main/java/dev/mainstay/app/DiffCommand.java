package dev.mainstay.app;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelDiff;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = "Tell what changes from one model file to another, without a database.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DiffCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A model file.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "The model file after it.")
  private Path after = Path.of("");

  @Option(names = "--markdown", description = "For a pull request.")
  private boolean isMarkdown;

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Change> changes = ModelDiff.between(model(before), model(after));
    if (changes.isEmpty()) terminal.say("The models say the same.");
    else terminal.say(isMarkdown ? markdown(changes) : text(changes));
    return 0;
  }

  private Model model(Path file) {
    return Backend.read(terminal.folder().resolve(file)).own();
  }

  private static String text(List<Change> changes) {
    StringBuilder text = new StringBuilder();
    for (Change change : changes)
      text.append(change.harmless() ? "  " : "! ").append(change.sentence()).append('\n');
    if (!changes.stream().allMatch(Change::harmless))
      text.append("\n! the database changes; `mainstay plan` shows how\n");
    return text.toString().stripTrailing();
  }

  private static String markdown(List<Change> changes) {
    StringBuilder text = new StringBuilder();
    part(text, "The database changes", changes.stream().filter(c -> !c.harmless()).toList());
    part(text, "Nothing but the program", changes.stream().filter(Change::harmless).toList());
    return text.toString().stripTrailing();
  }

  private static void part(StringBuilder text, String title, List<Change> changes) {
    if (changes.isEmpty()) return;
    text.append("### ").append(title).append("\n\n");
    for (Change change : changes)
      text.append("- ")
          .append(change.sentence().replaceAll("([*_`<|\\\\])", "\\\\$1"))
          .append('\n');
    text.append('\n');
  }
}
