package dev.mainstay.sql;

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
  public record Goal(Model model, Rules rules, String source, SeedFiles seeds) {}

  /// Finds what is to be done, and does nothing.
  ///
  /// @throws ModelException when the engine lacks something the model asks for
  /// @throws StoreException when the database has no model yet, or a newer program's
  public Migration plan(Migratable database, Goal goal) {
    try (Installation transaction = database.look()) {
      return plan(transaction, goal);
    }
  }

  private Migration plan(Installation transaction, Goal goal) {
    List<Fault> lacking = ddl.lacking(goal.model);
    if (!lacking.isEmpty()) throw new ModelException(lacking);
    Applied last = last(transaction);
    Model before = before(last, goal.model, transaction);
    Set<String> schemas = new LinkedHashSet<>(before.schemas());
    schemas.addAll(goal.model.schemas());
    Schema found = transaction.schema(schemas);
    List<Change> changes = ModelDiff.between(before, goal.model);
    Transition transition =
        new Transition(before, goal.model, goal.rules, changes, found, last.left());
    List<Drift> drift = drift(last, found);
    Toll toll = new Toll(transition, transaction, dialect);
    Alterations.Alteration alteration = alterations.of(transition, transaction);
    List<String> losses = new ArrayList<>(toll.losses());
    losses.addAll(alteration.losses());
    List<Step> steps = new ArrayList<>();
    for (String pending : last.pending())
      steps.add(new Step(pending, Step.Moment.BEFORE, new Step.Wait.Nobody(), 0));
    for (Step step : alteration.steps())
      if (!last.pending().contains(step.statement())) steps.add(step);
    return new Migration(last.version(), changes, drift, losses, toll.obstacles(), steps);
  }

  /// Looks at how a database is, and changes nothing.
  ///
  /// @param model of which it is expected
  /// @throws StoreException when the database has no model yet, or a newer program's
  public Inspection inspect(Migratable database, Model model) {
    try (Installation transaction = database.look()) {
      Applied last = last(transaction);
      Set<String> schemas = new LinkedHashSet<>(before(last, model, transaction).schemas());
      schemas.addAll(model.schemas());
      return new Inspection(
          drift(last, transaction.schema(schemas)),
          transaction.indexUses(),
          Inspection.uses(model, transaction.viewReads(), transaction.functionUses(model)));
    }
  }

  /// Does what [#plan] finds. Whatever fails is undone, but for the steps that run by themselves.
  ///
  /// @param mayLose whether what would be lost may be
  /// @return what was done
  /// @throws StoreException when there is an obstacle, when something would be lost that may not
  ///   be, or when a step fails
  public Migration apply(Migratable database, Goal goal, boolean mayLose) {
    Migration ahead;
    Migration rest = null;
    try (Installation transaction = database.begin()) {
      ahead = plan(transaction, goal);
      refuse(ahead, mayLose);
      if (at(Step.Moment.BEFORE, ahead).isEmpty()) {
        change(transaction, ahead, goal);
        rest = ahead;
      }
    }
    if (rest == null) {
      for (Step step : at(Step.Moment.BEFORE, ahead)) database.alone(step.statement());
      try (Installation transaction = database.begin()) {
        rest = plan(transaction, goal);
        refuse(rest, mayLose);
        change(transaction, rest, goal);
      }
    }
    finish(database, rest, goal);
    return ahead;
  }

  /// Takes the steps of the one transaction, and ends it.
  private void change(Installation transaction, Migration migration, Goal goal) {
    long version = version(last(transaction), goal);
    for (Step step : at(Step.Moment.TOGETHER, migration)) run(transaction, step);
    List<Table> fresh = new ArrayList<>();
    for (Change change : migration.changes())
      if (change instanceof Change.TableAdded(Table table)) fresh.add(table);
    new Seeds(goal.model, goal.seeds, transaction, dialect).load(fresh);
    List<String> after = at(Step.Moment.AFTER, migration).stream().map(Step::statement).toList();
    transaction.record(
        applied(version, goal, after.isEmpty() ? left(transaction, goal) : null, after));
    transaction.commit();
  }

  /// A model that is only repaired keeps its version.
  private static long version(Applied last, Goal goal) {
    return last.checksum().equals(Installer.checksum(goal.source))
        ? last.version()
        : last.version() + 1;
  }

  /// Takes the steps that follow the transaction.
  private void finish(Migratable database, Migration migration, Goal goal) {
    List<Step> after = at(Step.Moment.AFTER, migration);
    if (after.isEmpty()) return;
    for (Step step : after) database.alone(step.statement());
    try (Installation transaction = database.begin()) {
      long version = last(transaction).version();
      transaction.record(applied(version, goal, left(transaction, goal), List.of()));
      transaction.commit();
    }
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

  private static void run(Installation transaction, Step step) {
    try {
      transaction.run(step.statement());
    } catch (StoreException e) {
      throw new StoreException(
          "Nothing was changed, for this step failed:\n  "
              + step.statement().replace("\n", "\n  ")
              + "\n"
              + e.getMessage());
    }
  }

  private static void refuse(Migration migration, boolean mayLose) {
    if (!migration.obstacles().isEmpty())
      throw new StoreException(
          "The model cannot be applied:\n  " + String.join("\n  ", migration.obstacles()));
    if (!mayLose && !migration.losses().isEmpty())
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

  /// The user's part as it was written, and of the program's own tables those that are there.
  private static Model before(Applied last, Model after, Installation transaction) {
    Model declared = ModelReader.read("the applied model", last.source()).model();
    List<Table> tables = new ArrayList<>(declared.tables());
    for (Table table : after.tables())
      if (TableName.SYSTEM_SCHEMAS.contains(table.name().schema()) && transaction.has(table.name()))
        tables.add(table);
    return declared.withTables(tables);
  }
}
