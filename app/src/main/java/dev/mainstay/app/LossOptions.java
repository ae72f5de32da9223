package dev.mainstay.app;

import dev.mainstay.app.backup.BackupName;
import dev.mainstay.app.config.Config;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.StoreException;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// Whether what would be lost by a change may be, and that there is a backup of it first.
final class LossOptions {
  @Option(
      names = "--allow-data-loss",
      description = {
        "Also do what loses rows or values; `mainstay plan` tells which. A backup is made first."
      })
  private boolean mayLose;

  @Option(names = "--no-backup", description = "Lose it without a backup.")
  private boolean noBackup;

  /// Nothing may be lost.
  static LossOptions none() {
    return new LossOptions();
  }

  /// Sees to it that the change may be made. What migrations lose is not known before they run.
  ///
  /// @param plan of the change
  /// @return whether what would be lost may be; a change that loses nothing needs no leave
  boolean allow(Supplier<Migration> plan, Config config, Terminal terminal) {
    if (!mayLose || noBackup) return mayLose;
    Migration migration = plan.get();
    boolean loses = !migration.losses().isEmpty() || !migration.agenda().due().isEmpty();
    if (!loses || migration.isInTheWay()) return false;
    try {
      var backup =
          Wiring.backups(config, config.backup().folder()).make(BackupName.Kind.BEFORE_LOSS);
      terminal.say("The database as it was is in " + BackupCommand.sentence(backup) + "\n");
      return true;
    } catch (StoreException e) {
      throw new Sorry(
          e.getMessage()
              + ". So nothing was changed; with --no-backup it is done without a backup");
    }
  }
}
