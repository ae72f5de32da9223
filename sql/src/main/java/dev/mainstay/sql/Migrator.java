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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings a database that has a model to another one.
///
/// What is to be done is found from the database as it is, not from what is remembered of it. So an
/// application that was stopped anywhere is simply begun again.
public final class Migrator {
  private final Dialect dialect;
  private final Ddl ddl;
  private final Alterations alterations;
  private final String program;

  /// @param program the version of the program, to be kept beside the model
  public Migrator(Dialect dialect, Ddl ddl, Alterations alterations, String program) {
    this.dialect = dialect;
    this.ddl = ddl;
    this.alterations = alterations;
    this.program = program;
  }

  /// A model to bring a database to.
  ///
  /// @param source the text it was read from
  /// @param seeds for tables that are new
  /// @param migrations that lie beside it, in the order of their numbers; null when they are not to
  ///   be looked at
  public record Goal(
      Model model,
      Rules rules,
      String source,
      SeedFiles seeds,
      @Nullable List<SqlMigration> migrations) {
    public Goal {
      migrations = migrations == null ? null : List.copyOf(migrations);
    }

    /// One without migrations.
    public Goal(Model model, Rules rules, String source, SeedFiles seeds) {
      this(model, rules, source, seeds, null);
    }
  }

  /// The model that a database has, as it was declared.
  private record Before(Applied last, Model declared) {}

  /// What is to be done, and the tables that are to be filled by it.
  private record Planned(Before before, Migration migration, List<Table> fresh) {}

  /// Finds what is to be done, and does nothing.
  ///
  /// @throws ModelException when the engine lacks something the model asks for
  /// @throws StoreException when the database has no model yet, or a newer program's
  public Migration plan(Migratable database, Goal goal) {
    try (Installation transaction = database.look()) {
      return plan(transaction, goal, before(transaction)).migration;
    }
  }

  private Planned plan(Installation transaction, Goal goal, Before known) {
    List<Fault> lacking = ddl.lacking(goal.model);
    if (!lacking.isEmpty()) throw new ModelException(lacking);
    Applied last = known.last;
    Model declared = withOwn(known.declared, goal.model, transaction);
    List<Change> changes = ModelDiff.between(declared, goal.model);
    Model before = Adoption.of(declared, changes, transaction);
    Transition transition =
        new Transition(
            before,
            goal.model,
            goal.rules,
            ModelDiff.between(before, goal.model),
            transaction.schema(schemas(before, goal.model)),
            last.left());
    List<Drift> drift = drift(last, transition.found());
    Toll toll = new Toll(transition, transaction, dialect);
    Alterations.Alteration alteration = alterations.of(transition, transaction);
    List<String> losses = new ArrayList<>(toll.losses());
    losses.addAll(alteration.losses());
    List<Step> steps = new ArrayList<>();
    for (String pending : last.pending())
      steps.add(new Step(pending, Step.Moment.BEFORE, new Step.Wait.Nobody(), 0));
    for (Step step : alteration.steps())
      if (!last.pending().contains(step.statement())) steps.add(step);
    List<Table> fresh = new ArrayList<>();
    for (Change change : transition.changes())
      if (change instanceof Change.TableAdded(Table table)) fresh.add(table);
    Migration migration =
        new Migration(
            last.version(),
            changes,
            drift,
            losses,
            toll.obstacles(),
            steps,
            Agenda.of(goal, transaction));
    return new Planned(known, migration, fresh);
  }

  /// Looks at how a database is, and changes nothing.
  ///
  /// @param model of which it is expected
  /// @throws StoreException when the database has no model yet, or a newer program's
  public Inspection inspect(Migratable database, Model model) {
    try (Installation transaction = database.look()) {
      Before before = before(transaction);
      Set<String> schemas = schemas(withOwn(before.declared, model, transaction), model);
      return new Inspection(
          drift(before.last, transaction.schema(schemas)),
          transaction.indexUses(),
          Inspection.uses(model, transaction.viewReads(), transaction.functionUses(model)));
    }
  }

  /// Does what [#plan] finds. Whatever fails is undone, but for what runs by itself.
  ///
  /// @param mayLose whether what would be lost may be
  /// @return what was done
  /// @throws StoreException when there is an obstacle, when something would be lost that may not
  ///   be, or when a step or a migration fails
  public Migration apply(Migratable database, Goal goal, boolean mayLose) {
    Before before;
    Migration ahead;
    Migration rest = null;
    try (Installation transaction = database.begin()) {
      before = before(transaction);
      Planned planned = plan(transaction, goal, before);
      ahead = planned.migration;
      refuse(ahead, mayLose);
      if (at(Step.Moment.BEFORE, ahead).isEmpty() && ahead.agenda().ahead().isEmpty())
        rest = change(transaction, planned, goal, mayLose, "Nothing was changed");
    }
    if (rest == null) {
      for (Step step : at(Step.Moment.BEFORE, ahead)) database.alone(step.statement());
      MigrationRunner runner = runner(before, goal);
      for (SqlMigration migration : ahead.agenda().ahead()) runner.byItself(database, migration);
      try (Installation transaction = database.begin()) {
        before = before(transaction, before);
        Planned planned = plan(transaction, goal, before);
        refuse(planned.migration, mayLose);
        rest = change(transaction, planned, goal, mayLose, outcome(ahead));
      }
    }
    finish(database, rest, goal, version(before.last, goal));
    return new Migration(
        ahead.from(),
        ahead.changes(),
        ahead.drift(),
        rest.losses(),
        rest.obstacles(),
        Stream.of(
                at(Step.Moment.BEFORE, ahead),
                at(Step.Moment.TOGETHER, rest),
                at(Step.Moment.AFTER, rest))
            .flatMap(List::stream)
            .toList(),
        ahead.agenda());
  }

  /// What is the case when the transaction is undone.
  private static String outcome(Migration ahead) {
    if (ahead.agenda().ahead().isEmpty()) return "Nothing was changed";
    List<String> files = ahead.agenda().ahead().stream().map(SqlMigration::file).toList();
    return "What ran alone stays (" + String.join(", ", files) + "), and the rest was undone";
  }

  /// Does what is done in the one transaction, and ends it.
  ///
  /// @param outcome what becomes of everything when something fails, in the words of a sentence
  private Migration change(
      Installation transaction, Planned planned, Goal goal, boolean mayLose, String outcome) {
    Agenda agenda = planned.migration.agenda();
    long version = version(planned.before.last, goal);
    MigrationRunner runner = runner(planned.before, goal);
    for (SqlMigration migration : agenda.before()) runner.within(transaction, migration, outcome);
    Planned now = agenda.before().isEmpty() ? planned : plan(transaction, goal, planned.before);
    refuse(now.migration, mayLose);
    for (Step step : now.migration.steps())
      if (isPartOf(planned.before.last, step)) run(transaction, step, outcome);
    new Seeds(goal.model, goal.seeds, transaction, dialect).load(now.fresh);
    for (SqlMigration migration : agenda.after()) runner.within(transaction, migration, outcome);
    List<String> pending =
        at(Step.Moment.AFTER, now.migration).stream().map(Step::statement).toList();
    Schema left = pending.isEmpty() ? left(transaction, goal) : null;
    transaction.record(applied(version, goal, left, pending));
    transaction.commit();
    return now.migration;
  }

  /// What was to come before has been done, but for labels of a type that a migration of this
  /// transaction has made: those may be added in it, too.
  private static boolean isPartOf(Applied last, Step step) {
    return switch (step.moment()) {
      case TOGETHER -> true;
      case BEFORE -> !last.pending().contains(step.statement());
      case AFTER -> false;
    };
  }

  /// Runs those migrations that a new database needs and that run alone.
  public void finishNew(Migratable database, Goal goal) {
    MigrationRunner runner = new MigrationRunner(program, 1, goal.model.schemas());
    for (SqlMigration migration : Agenda.onNew(goal))
      if (migration.alone()) runner.byItself(database, migration);
  }

  private MigrationRunner runner(Before before, Goal goal) {
    return new MigrationRunner(
        program, version(before.last, goal), schemas(before.declared, goal.model));
  }

  private static Set<String> schemas(Model before, Model after) {
    Set<String> schemas = new LinkedHashSet<>(before.schemas());
    schemas.addAll(after.schemas());
    return schemas;
  }

  /// A model that is only repaired keeps its version.
  static long version(Applied last, Goal goal) {
    return last.checksum().equals(Installer.checksum(goal.source))
        ? last.version()
        : last.version() + 1;
  }

  /// Does what follows the transaction.
  ///
  /// @param version that the model has got
  private void finish(Migratable database, Migration migration, Goal goal, long version) {
    List<Step> after = at(Step.Moment.AFTER, migration);
    for (Step step : after) database.alone(step.statement());
    if (!after.isEmpty())
      try (Installation transaction = database.begin()) {
        transaction.record(applied(version, goal, left(transaction, goal), List.of()));
        transaction.commit();
      }
    List<SqlMigration> behind = migration.agenda().behind();
    if (behind.isEmpty()) return;
    MigrationRunner runner = new MigrationRunner(program, version, goal.model.schemas());
    for (SqlMigration one : behind) runner.byItself(database, one);
  }

  private static Schema left(Installation transaction, Goal goal) {
    return transaction.schema(goal.model.schemas());
  }

  private Applied applied(long version, Goal goal, @Nullable Schema left, List<String> pending) {
    return new Applied(
        version,
        Applied.FORMAT,
        program,
        Installer.checksum(goal.source),
        goal.source,
        left,
        pending);
  }

  private static void run(Installation transaction, Step step, String outcome) {
    try {
      transaction.run(step.statement());
    } catch (StoreException e) {
      throw new StoreException(
          outcome
              + ", for this step failed:\n  "
              + step.statement().replace("\n", "\n  ")
              + "\n"
              + e.getMessage());
    }
  }

  /// What migrations run before is not yet known to be lost, or in the way.
  private static void refuse(Migration migration, boolean mayLose) {
    List<String> obstacles = new ArrayList<>(migration.agenda().obstacles());
    boolean isKnown = !migration.agenda().comesFirst();
    if (isKnown) obstacles.addAll(migration.obstacles());
    if (!obstacles.isEmpty())
      throw new StoreException("The model cannot be applied:\n  " + String.join("\n  ", obstacles));
    if (isKnown && !mayLose && !migration.losses().isEmpty())
      throw new StoreException(
          "This would be lost, and --allow-data-loss was not said:\n  "
              + String.join("\n  ", migration.losses()));
  }

  private static List<Step> at(Step.Moment moment, Migration migration) {
    return migration.steps().stream().filter(step -> step.moment() == moment).toList();
  }

  private Applied last(Installation transaction) {
    Applied last = transaction.applied();
    if (last == null)
      throw new StoreException("There is no database there yet; `mainstay serve` makes it");
    if (last.format() > Applied.FORMAT) throw Installer.newer(last, program);
    return last;
  }

  private static List<Drift> drift(Applied last, Schema found) {
    if (last.left() == null) return List.of();
    return found.since(last.left()).stream().filter(drift -> !isOurs(drift)).toList();
  }

  /// Whether a newer program has made a table of its own.
  private static boolean isOurs(Drift drift) {
    return drift instanceof Drift.Strange(Schema.Thing thing)
        && TableName.SYSTEM_SCHEMAS.stream()
            .anyMatch(schema -> thing.of().startsWith(schema + "."));
  }

  private Before before(Installation transaction) {
    return before(transaction, null);
  }

  /// @param known read from this database a while ago; it is read anew when it is another
  private Before before(Installation transaction, @Nullable Before known) {
    Applied last = last(transaction);
    return new Before(
        last,
        known != null && known.last.checksum().equals(last.checksum())
            ? known.declared
            : ModelReader.read("the applied model", last.source()).model());
  }

  /// The user's part as it was written, and of the program's own tables those that are there.
  private static Model withOwn(Model declared, Model after, Installation transaction) {
    List<Table> tables = new ArrayList<>(declared.tables());
    for (Table table : after.tables())
      if (TableName.SYSTEM_SCHEMAS.contains(table.name().schema()) && transaction.has(table.name()))
        tables.add(table);
    return declared.withTables(tables);
  }
}
