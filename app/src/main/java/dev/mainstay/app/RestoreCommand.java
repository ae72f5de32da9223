package dev.mainstay.app;

import dev.mainstay.app.backup.Manifest;
import dev.mainstay.app.backup.Restorer;
import dev.mainstay.app.backup.Restorer.Restored;
import dev.mainstay.app.config.Config;
import dev.mainstay.services.keys.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = {
      "Make the database that of a backup. On SQLite the server is stopped before; on PostgreSQL it"
          + " goes into an empty database.",
      "Nothing is changed before all of the backup was looked at."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RestoreCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "BACKUP", description = "The backup's file.")
  private Path backup = Path.of("");

  @Option(
      names = "--replace",
      description = "A database that is there is put aside, under another name.")
  private boolean replace;

  @Mixin private final ProjectOption project = new ProjectOption();

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Config config = project.config(terminal);
    Path file = terminal.folder().resolve(backup).normalize();
    Restorer restorer = Wiring.restorer(config);
    Restored restored = restorer.restore(file, config.data(), Secrets.FILE, replace);
    Manifest manifest = restored.manifest();
    terminal.say(
        "%s is as it was at %s, with version %d of the model."
            .formatted(Store.dumps(config).shown(), manifest.made(), manifest.model()));
    if (restored.kept() != null)
      terminal.say("The database that was there is now " + restored.kept() + ".");
    secrets(restored.secrets(), config);
    model(config);
    return 0;
  }

  private void secrets(Restorer.Secrets secrets, Config config) {
    String file = config.data().resolve(Secrets.FILE).normalize().toString();
    switch (secrets) {
      case RESTORED -> terminal.say(file + " is the backup's: keys and tokens of then are good.");
      case OTHERS ->
          terminal.say(
              file
                  + " is another than the backup's, and was left: the project's keys of then are"
                  + " not good.");
      case NONE -> {
        if (!Files.exists(config.data().resolve(Secrets.FILE)) && config.jwt().secret() == null)
          terminal.say(
              "The backup holds no secrets: `mainstay serve` makes new ones, and the project's keys"
                  + " of then are not good.");
      }
      case SAME -> {}
    }
  }

  /// Writes the model file where there is none.
  private void model(Config config) throws IOException {
    Store store = Store.openBeside(config);
    String source;
    try {
      source = store.applied().source();
    } finally {
      store.close();
    }
    Path model = config.model();
    if (!Files.exists(model)) {
      Files.writeString(model, source);
      terminal.say(model.normalize() + " is the backup's model.");
    } else if (!Files.readString(model).equals(source)) {
      terminal.say(
          model.normalize() + " says something else than the backup; `mainstay plan` shows what.");
    }
  }
}
