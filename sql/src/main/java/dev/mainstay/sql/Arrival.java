package dev.mainstay.sql;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The database to which another one is moved: it gets the tables of the model, then the rows, then
/// what is better made after them, and last the ledger of models. Before that nobody can serve it.
///
/// How far it has come is committed together with what was done, in `mainstay.moves`, so that a
/// move that was killed goes on where it was.
public final class Arrival {
  private static final TableName LOG = new TableName("mainstay", "moves");
  private static final List<String> LOG_COLUMNS =
      List.of("n", "move", "step", "target", "last", "rows");

  private final Dialect dialect;
  private final Ddl ddl;
  private final Migratable database;
  private final String program;
  private final Migrator.Goal goal;
  private final Table log;
  private final String move;
  private long entries;

  /// How far it has come.
  ///
  /// @param isMade whether the tables are there
  /// @param tables those that have rows
  /// @param isFinished whether everything is there but the ledger of models
  /// @param isArrived whether that is, too
  public record Reached(
      boolean isMade, Map<TableName, Rows> tables, boolean isFinished, boolean isArrived) {}

  /// The rows of a table that are there.
  ///
  /// @param number how many
  /// @param last the key of the last of them, as text
  /// @param isWhole whether that is all
  public record Rows(long number, List<String> last, boolean isWhole) {
    public static final Rows NONE = new Rows(0, List.of(), false);

    public Rows {
      last = List.copyOf(last);
    }
  }

  /// @param move what tells the move from every other, a UUID
  /// @param program the version of the program, to be kept
  /// @param goal the model of the database that is moved, and the migrations beside it for this
  ///   engine
  public Arrival(
      Dialect dialect,
      Ddl ddl,
      Migratable database,
      String program,
      Migrator.Goal goal,
      String move) {
    this.dialect = dialect;
    this.ddl = ddl;
    this.database = database;
    this.program = program;
    this.goal = goal;
    this.log = Objects.requireNonNull(goal.model().table(LOG));
    this.move = move;
  }

  /// Looks how far it has come. Nothing is changed.
  ///
  /// @throws StoreException when the database holds anything that this move has not brought there
  public Reached reached() {
    try (Installation transaction = database.look()) {
      return reached(transaction);
    }
  }

  private Reached reached(Installation transaction) {
    List<List<Value>> entriesFound = transaction.has(LOG) ? entries(transaction) : List.of();
    if (entriesFound.isEmpty()) {
      refuseTaken(transaction);
      return new Reached(false, Map.of(), false, false);
    }
    Set<String> steps = new HashSet<>();
    Map<TableName, Rows> tables = new LinkedHashMap<>();
    Map<String, TableName> names = new HashMap<>();
    for (Table table : goal.model().tables()) names.put(table.name().toString(), table.name());
    for (List<Value> entry : entriesFound) {
      entries = ((Value.Whole) entry.get(0)).value();
      if (!entry.get(1).equals(new Value.Uuid(UUID.fromString(move))))
        throw new StoreException(
            "It is that of another move, which was given up or has been done; name one that is empty");
      String step = ((Value.Text) entry.get(2)).value();
      steps.add(step);
      if (entry.get(3) instanceof Value.Text(String target)) {
        List<String> last = entry.get(4) instanceof Value.Text(String key) ? read(key) : List.of();
        tables.put(
            Objects.requireNonNull(names.get(target)),
            new Rows(((Value.Whole) entry.get(5)).value(), last, step.equals("whole")));
      }
    }
    return new Reached(
        steps.contains("made"), tables, steps.contains("finished"), steps.contains("arrived"));
  }

  private void refuseTaken(Installation transaction) {
    Applied last = transaction.has(Ledgers.MODELS.name()) ? transaction.applied() : null;
    if (last != null)
      throw new StoreException(
          "It has version " + last.version() + " of a model already; name one that is empty");
    List<String> inTheWay = transaction.inTheWay(goal.model());
    if (!inTheWay.isEmpty())
      throw new StoreException(
          "It is not empty, and holds already:\n  " + String.join("\n  ", inTheWay));
  }

  /// Keeps that the database is that of this move.
  public void begin() {
    try (Installation transaction = database.load()) {
      Model alone = new Model(List.of(log), List.of(), goal.model().roles());
      if (!transaction.has(LOG)) ddl.beforeRows(alone, goal.rules()).forEach(transaction::run);
      note(transaction, "begun");
      transaction.commit();
    }
  }

  /// Makes the tables, or those that are missing since it was cut short.
  public void make() {
    try (Installation transaction = database.load()) {
      List<Table> missing = new ArrayList<>();
      for (Table table : goal.model().tables())
        if (!transaction.has(table.name())) missing.add(table);
      ddl.groundwork().forEach(transaction::run);
      ddl.beforeRows(goal.model().withTables(missing), goal.rules()).forEach(transaction::run);
      note(transaction, "made");
      transaction.commit();
    }
  }

  /// Takes rows in.
  ///
  /// @param columns for which they have values
  /// @param now the rows of the table that are there with them
  /// @throws Installation.RowRefused when this engine cannot keep one of them
  public void take(Table table, List<Column> columns, List<List<Value>> rows, Rows now)
      throws Installation.RowRefused {
    try (Installation transaction = database.load()) {
      transaction.insert(table, columns, rows);
      note(transaction, now.isWhole() ? "whole" : "taken", table, now);
      transaction.commit();
    }
  }

  /// Makes what is better made after the rows, runs the migrations that say they are for a new
  /// database, too, and keeps those that have run before.
  ///
  /// @param numbers the last that identities have given, by table and column
  /// @param ledgers of the database that is moved
  /// @param files the migrations beside the model for the engine of that one
  public void finish(
      Map<TableName, Map<String, Long>> numbers, Ledgers ledgers, List<SqlMigration> files) {
    try (Installation transaction = database.begin()) {
      ddl.afterRows(goal.model(), goal.rules()).forEach(transaction::run);
      numbers.forEach(
          (table, columns) ->
              columns.forEach((column, last) -> transaction.goOnBehind(table, column, last)));
      migrate(transaction, ledgers, files);
      note(transaction, "finished");
      transaction.commit();
    }
  }

  private void migrate(Installation transaction, Ledgers ledgers, List<SqlMigration> files) {
    List<SqlMigration> own = Objects.requireNonNullElse(goal.migrations(), List.of());
    List<SqlMigration> due = own.stream().filter(SqlMigration::alsoOnNew).toList();
    List<List<Value>> kept = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    for (List<Value> ran : ledgers.migrations()) {
      long number = Ledgers.number(ran);
      known.add(number);
      if (of(number, due) == null) kept.add(asOf(ran, of(number, files), of(number, own)));
    }
    if (!kept.isEmpty()) Ledgers.keep(transaction, Ledgers.MIGRATIONS, kept);
    long version = ((Value.Whole) ledgers.models().getLast().getFirst()).value();
    MigrationRunner runner = new MigrationRunner(program, version, goal.model().schemas());
    Map<TableName, Long> before = due.isEmpty() ? Map.of() : counts(transaction);
    for (SqlMigration migration : own) {
      Long later = migration.moment().version();
      if (later != null && later > version) continue;
      if (!migration.alsoOnNew()) {
        if (!known.contains(migration.number())) runner.passOver(transaction, migration);
      } else if (!migration.alone()) {
        runner.within(transaction, migration, "The move is not done");
        refuseChanged(before, counts(transaction), migration);
      }
    }
  }

  /// A migration that ran there is known here by what it says for this engine.
  private static List<Value> asOf(
      List<Value> ran, @Nullable SqlMigration there, @Nullable SqlMigration here) {
    boolean isUnchanged =
        there != null && Ledgers.checksum(ran).equals(Installer.checksum(there.source().text()));
    return isUnchanged && here != null
        ? Ledgers.withChecksum(ran, Installer.checksum(here.source().text()))
        : ran;
  }

  private static @Nullable SqlMigration of(long number, List<SqlMigration> migrations) {
    for (SqlMigration migration : migrations) if (migration.number() == number) return migration;
    return null;
  }

  private Map<TableName, Long> counts(Installation transaction) {
    Map<TableName, Long> counts = new LinkedHashMap<>();
    for (Table table : goal.model().tables())
      if (!table.isView()) counts.put(table.name(), rows(transaction, dialect, table.name()));
    return counts;
  }

  private static void refuseChanged(
      Map<TableName, Long> before, Map<TableName, Long> now, SqlMigration migration) {
    now.forEach(
        (table, rows) -> {
          if (!rows.equals(before.get(table)))
            throw new StoreException(
                "The migration %s changes rows of '%s', which were moved; it can only be for a database that has none"
                    .formatted(migration.file(), table.title()));
        });
  }

  /// How many rows a table has.
  public static long rows(Installation transaction, Dialect dialect, TableName table) {
    Sql query = Sql.of("SELECT count(*) FROM {}", dialect.table(table));
    List<ColumnType> types = List.of(new ColumnType.Whole(64));
    return ((Value.Whole) transaction.values(query, types).getFirst().getFirst()).value();
  }

  /// Gives the database its ledger of models: from here on it can be served.
  public void arrive(Ledgers ledgers) {
    try (Installation transaction = database.load()) {
      Schema left = transaction.schema(goal.model().schemas());
      Ledgers.keep(transaction, Ledgers.MODELS, ledgers.modelsWith(left));
      note(transaction, "arrived");
      transaction.commit();
    }
  }

  // ── the log ──

  private List<List<Value>> entries(Installation transaction) {
    List<Sql> names = LOG_COLUMNS.stream().map(dialect::quote).toList();
    Sql query =
        Sql.of(
            "SELECT {} FROM {} ORDER BY {}",
            Sql.join(", ", names),
            dialect.table(LOG),
            names.getFirst());
    return transaction.values(query, logColumns().stream().map(Column::type).toList());
  }

  private List<Column> logColumns() {
    return LOG_COLUMNS.stream().map(name -> Objects.requireNonNull(log.column(name))).toList();
  }

  private void note(Installation transaction, String step) {
    note(transaction, step, null, Rows.NONE);
  }

  private void note(Installation transaction, String step, @Nullable Table table, Rows now) {
    List<Value> entry =
        List.of(
            new Value.Whole(entries + 1),
            new Value.Uuid(UUID.fromString(move)),
            new Value.Text(step),
            table == null ? Value.NULL : new Value.Text(table.name().toString()),
            table == null
                ? Value.NULL
                : new Value.Text(JsonMapper.shared().writeValueAsString(now.last())),
            new Value.Whole(now.number()));
    try {
      transaction.insert(log, logColumns(), List.of(entry));
    } catch (Installation.RowRefused e) {
      throw new StoreException("Somebody else goes on with this move at the same time");
    }
    entries++;
  }

  private static List<String> read(String key) {
    return List.of(JsonMapper.shared().readValue(key, String[].class));
  }
}
