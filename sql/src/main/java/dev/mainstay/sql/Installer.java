package dev.mainstay.sql;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelDiff;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a database to a model: makes and seeds the tables on the first start, and on later ones
/// sees to it that the tables are those of the model.
public final class Installer {
  private static final String HOW =
      "\n`mainstay plan` shows what it takes, and `mainstay apply` does it.";

  private final Dialect dialect;
  private final Ddl ddl;
  private final String program;

  /// @param program the version of the program, to be kept beside the model
  public Installer(Dialect dialect, Ddl ddl, String program) {
    this.dialect = dialect;
    this.ddl = ddl;
    this.program = program;
  }

  /// What an installation did.
  public sealed interface Outcome {
    /// Everything is new.
    ///
    /// @param tables how many of the user's; the program's own come with them
    record Made(int tables, long rows) implements Outcome {}

    /// The tables stay; what does not touch them (policies, comments) may have changed.
    record Kept(long version) implements Outcome {}
  }

  /// Installs a model beside which no migrations lie.
  public Outcome install(
      Installation installation, Model model, Rules rules, String source, SeedFiles files) {
    return install(installation, new Migrator.Goal(model, rules, source, files));
  }

  /// Installs the model in one transaction, and closes it. What migrations would do is done already
  /// in a database that is made of the model; those run that say they are for a new one, too, but
  /// for those that run alone, which are left to [Migrator#finishNew].
  ///
  /// @throws ModelException when the engine lacks something the model asks for, or a seed row
  ///   cannot be stored
  /// @throws StoreException when the tables are not the model's, when a migration waits, or a newer
  ///   program made the database
  public Outcome install(Installation installation, Migrator.Goal goal) {
    try (installation) {
      List<Fault> lacking = ddl.lacking(goal.model());
      if (!lacking.isEmpty()) throw new ModelException(lacking);
      Applied last = installation.applied();
      if (!isDatabases(goal)) ddl.groundwork().forEach(installation::run);
      Outcome outcome = last == null ? make(installation, goal) : keep(installation, last, goal);
      if (last != null) makeOwn(installation, goal.model(), goal.rules());
      installation.commit();
      return outcome;
    }
  }

  private Outcome make(Installation installation, Migrator.Goal goal) {
    Model model = goal.model();
    List<String> inTheWay = installation.inTheWay(model);
    if (!inTheWay.isEmpty())
      throw new StoreException(
          "The database already holds what the model wants to make:\n  - "
              + String.join("\n  - ", inTheWay));
    ddl.beforeRows(model, goal.rules()).forEach(installation::run);
    long rows = new Seeds(model, goal.seeds(), installation, dialect).load(model.tables());
    ddl.afterRows(model, goal.rules()).forEach(installation::run);
    migrate(installation, goal);
    installation.record(applied(1, goal.source(), installation.schema(model.schemas()), List.of()));
    return new Outcome.Made(model.declared().tables().size(), rows);
  }

  private void migrate(Installation installation, Migrator.Goal goal) {
    if (goal.migrations() == null) return;
    MigrationRunner runner = new MigrationRunner(program, 1, goal.model().schemas());
    for (SqlMigration migration : goal.migrations()) {
      if (!migration.alsoOnNew()) runner.passOver(installation, migration);
      else if (!migration.alone())
        runner.within(installation, migration, "The database was not made");
    }
  }

  /// Makes those of the program's own tables that are missing since an older program made the
  /// database, and closes the installation.
  public void installOwn(Installation installation, Model model, Rules rules) {
    try (installation) {
      makeOwn(installation, model, rules);
      installation.commit();
    }
  }

  private void makeOwn(Installation installation, Model model, Rules rules) {
    List<Table> missing = new ArrayList<>();
    for (Table table : model.tables())
      if (TableName.SYSTEM_SCHEMAS.contains(table.name().schema())
          && !installation.has(table.name())) missing.add(table);
    if (missing.isEmpty()) return;
    ddl.beforeRows(only(missing, model), rules).forEach(installation::run);
    ddl.afterRows(only(missing, model), rules).forEach(installation::run);
  }

  private static Model only(List<Table> tables, Model model) {
    return new Model(tables, List.of(), model.roles());
  }

  private Outcome keep(Installation installation, Applied last, Migrator.Goal goal) {
    if (last.format() > Applied.FORMAT) throw newer(last, program);
    boolean isSame = last.checksum().equals(checksum(goal.source()));
    if (!isSame && !isDatabases(goal)) refuseChanged(last, goal.model());
    refuseWaiting(Agenda.of(goal, installation));
    if (isSame) return new Outcome.Kept(last.version());
    installation.record(applied(last.version() + 1, goal.source(), last.left(), last.pending()));
    return new Outcome.Kept(last.version() + 1);
  }

  /// Whether the tables are the database's own to change.
  private static boolean isDatabases(Migrator.Goal goal) {
    return ModelReader.read("the model", goal.source()).from() == Reading.From.DATABASE;
  }

  private static void refuseChanged(Applied last, Model model) {
    Model before = ModelReader.read("the applied model", last.source()).model();
    List<String> differences =
        ModelDiff.between(before, model.declared()).stream()
            .filter(change -> !change.harmless())
            .map(Change::sentence)
            .toList();
    if (!differences.isEmpty())
      throw new StoreException(
          "The model file says something else than the database was made of:\n  "
              + String.join("\n  ", differences)
              + HOW);
  }

  /// What has changed since it ran is no reason not to serve; what has not run is.
  private static void refuseWaiting(Agenda agenda) {
    List<SqlMigration> due = agenda.due();
    if (due.isEmpty()) return;
    throw new StoreException(
        (due.size() == 1 ? "A migration has not run yet:\n  " : "Migrations have not run yet:\n  ")
            + String.join("\n  ", due.stream().map(SqlMigration::file).toList())
            + HOW);
  }

  static StoreException newer(Applied last, String program) {
    return new StoreException(
        "The database was written by Mainstay %s, which is newer than this program (%s)."
            .formatted(last.program(), program));
  }

  private Applied applied(
      long version, String source, @Nullable Schema left, List<String> pending) {
    return new Applied(version, Applied.FORMAT, program, checksum(source), source, left, pending);
  }

  /// What tells one model's text from another's: SHA-256 in hexadecimal.
  public static String checksum(String source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
