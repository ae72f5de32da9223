package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.generate.ModelFile;
import dev.mainstay.core.model.Model;
import dev.mainstay.sql.Inventory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "pull",
    description = {
      "Write what a PostgreSQL database has as a model that declares it.",
      "The database is only read. What a model cannot say stands in comments."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PullCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to; one that is there stays. Default: to the terminal.")
  private @Nullable Path out;

  @Mixin private final ProjectArgument project = new ProjectArgument();

  PullCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    if (config.database().url() == null)
      throw new Sorry("There is nothing to pull: database.url names no PostgreSQL database");
    Store store = Store.open(config);
    String text;
    int tables;
    try {
      Inventory inventory = store.requireInventory();
      List<String> schemas = config.rest().schemas();
      Model model = inventory.model(schemas);
      tables = model.tables().size();
      text =
          "# What "
              + store.shown()
              + " has in "
              + String.join(", ", schemas)
              + ".\n"
              + ModelFile.of(model, inventory.queries(schemas));
    } finally {
      store.close();
    }
    if (out == null) terminal.say(text);
    else {
      write(terminal.folder().resolve(out), text);
      terminal.say("Wrote " + tables + " tables and views to " + out);
    }
    return 0;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      throw new Sorry(file + " is there already, and stays as it is");
    } catch (IOException e) {
      throw new Sorry(file + " cannot be written: " + e.getMessage());
    }
  }
}
