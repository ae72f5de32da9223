package dev.mainstay.app;

import dev.mainstay.app.backup.Backup;
import dev.mainstay.app.backup.BackupName;
import dev.mainstay.app.backup.Backups;
import dev.mainstay.app.backup.Manifest;
import dev.mainstay.app.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "backup",
    description = "Make a backup of the database, also beside a running server.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BackupCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The folder of backups. Default: backup.folder.")
  private @Nullable Path folder;

  @ArgGroup private Instead instead = new Instead();

  @Mixin private final ProjectArgument project = new ProjectArgument();

  /// What else there is to do.
  static final class Instead {
    @Option(names = "--list", description = "Only show the backups that are there.")
    private boolean list;

    @Option(
        names = "--verify",
        paramLabel = "FILE",
        description = "Only look whether a backup is whole, by reading all of it.")
    private @Nullable Path verify;
  }

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    if (instead.verify != null) return verify(config, terminal.folder().resolve(instead.verify));
    Path into =
        folder == null ? config.backup().folder() : terminal.folder().resolve(folder).normalize();
    Backups backups = Wiring.backups(config, into);
    if (instead.list) return list(backups, into);
    terminal.say(sentence(backups.make(BackupName.Kind.ASKED)));
    return 0;
  }

  /// What became of a backup.
  static String sentence(Backup backup) {
    Manifest manifest = Objects.requireNonNull(backup.manifest());
    String text =
        "%s: %s, version %d of the model"
            .formatted(backup.file(), size(backup.bytes()), manifest.model());
    if (manifest.orphans() == 0) return text;
    return text
        + String.format(
            Locale.ROOT,
            "%n%,d rows of the database refer to rows that are not there, and so do the backup's",
            manifest.orphans());
  }

  private int verify(Config config, Path file) {
    Path beside = file.toAbsolutePath().getParent();
    if (beside == null) throw new Sorry("There is no " + file);
    Manifest manifest = Wiring.restorer(config).verify(file, beside);
    terminal.say(
        "%s is whole: version %d of the model, made %s by Mainstay %s"
            .formatted(file, manifest.model(), manifest.made(), manifest.program()));
    return 0;
  }

  private int list(Backups backups, Path folder) {
    List<Backup> all = backups.list();
    if (all.isEmpty()) {
      terminal.say("There are no backups in " + folder);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("MADE", "MODEL", "SIZE", "OF", "FILE"));
    for (Backup one : all) {
      Manifest manifest = one.manifest();
      rows.add(
          List.of(
              one.name().made().toString(),
              Long.toString(one.name().model()),
              size(one.bytes()),
              manifest == null ? "not whole" : manifest.from(),
              one.name().file()));
    }
    Columns.print(rows, terminal);
    return 0;
  }

  /// A size for people, such as `1.4 MB`.
  private static String size(long bytes) {
    if (bytes < 1000) return bytes + " B";
    double size = bytes / 1000.0;
    for (String unit : List.of("kB", "MB")) {
      if (size < 999.95) return String.format(Locale.ROOT, "%.1f %s", size, unit);
      size /= 1000;
    }
    return String.format(Locale.ROOT, "%.1f GB", size);
  }
}
