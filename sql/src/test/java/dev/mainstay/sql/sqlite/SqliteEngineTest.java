package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only SQLite does: transactions that vanish, and plans that must use an index.
final class SqliteEngineTest {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: bigint, primary_key: true}
            title: {type: text, nullable: true}
            parent_id: {type: bigint, nullable: true, references: notes.id}
      """;
  private static final TableName NOTES = TableName.inDefaultSchema("notes");
  private static final Caller INSIDE = new Caller.Inside();
  private static final Sql COUNT = Sql.raw("SELECT count(*) FROM notes");

  @TempDir Path folder;
  private SqliteDatabase database;
  private SqliteEngine engine;
  private Planner planner;

  @BeforeEach
  void open() {
    Catalog catalog =
        new Catalog(
            ModelReader.read("backend.yaml", MODEL).orThrow(),
            new Rules(Map.of(), Map.of(), Map.of()));
    planner = new Planner(catalog, new Limits(null, true), InstantSource.system(), new Random(1));
    database = SqliteDatabase.open(folder, SqliteSettings.defaults());
    try (Installation installation = database.installation()) {
      new SqliteDdl().beforeRows(catalog.model(), catalog.rules()).forEach(installation::run);
      installation.run(
          "CREATE TRIGGER vanish BEFORE INSERT ON notes WHEN new.title = 'vanish' BEGIN SELECT"
              + " RAISE(ROLLBACK, 'gone'); END");
      installation.commit();
    }
    engine = database.serve(catalog.model(), InstantSource.system());
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aUnitWhoseTransactionVanishedWritesNothingMore() throws SQLException {
    assertThatThrownBy(
            () ->
                engine.unit(
                    allowance(Duration.ofSeconds(5)),
                    unit -> {
                      unit.write(note("1", "first"));
                      try {
                        unit.write(note("2", "vanish"));
                      } catch (RuntimeException e) {
                        // As a careless body would.
                      }
                      return unit.write(note("3", "after"));
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(count()).isZero();
  }

  @Test
  void aWriteThatFailsInAUnitLeavesWhatWasWrittenBefore() throws SQLException {
    engine.unit(
        allowance(Duration.ofSeconds(5)),
        unit -> {
          unit.write(note("1", "first"));
          assertThatThrownBy(
                  () -> unit.write(notes(List.of(List.of("2", "x"), List.of("1", "taken")))))
              .isInstanceOf(ProblemException.class);
          return unit.write(note("3", "after"));
        });
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void aUnitThatDawdlesIsTimedOut() {
    assertThatThrownBy(
            () ->
                engine.unit(
                    allowance(Duration.ofMillis(1)),
                    unit -> {
                      long start = System.nanoTime();
                      while (System.nanoTime() - start < 2_000_000) Thread.onSpinWait();
                      return unit.write(note("1", "late"));
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(new Problem.TimedOut()));
  }

  @Test
  void rowsOfOneRequestMayReferToEachOtherInAnyOrder() throws SQLException {
    engine.write(children("1", "2", "2", "1"), allowance(Duration.ofSeconds(5)));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void ofRowsThatGoInTogetherTheOneThatIsRefusedIsNamed() throws SQLException {
    assertThat(refusal(children("1", "2", "2", "9")))
        .isEqualTo(
            new Problem.ConstraintViolated(
                Kind.FOREIGN_KEY,
                "insert or update on table \"notes\" violates foreign key constraint"
                    + " \"notes_parent_id_fkey\"",
                "Key (parent_id)=(9) is not present in table \"notes\"."));
    String taken = "duplicate key value violates unique constraint \"notes_pkey\"";
    assertThat(refusal(children("1", "1", "1", "1")))
        .isEqualTo(
            new Problem.ConstraintViolated(Kind.UNIQUE, taken, "Key (id)=(1) already exists."));
    assertThat(refusal(children("1", "2", "2", "1", "2", "1")))
        .isEqualTo(new Problem.ConstraintViolated(Kind.UNIQUE, taken, null));
    assertThat(count()).isZero();
  }

  @Test
  void aListOfValuesIsFoundByTheKey() throws SQLException {
    Asked.Condition among =
        new Asked.Condition.Compare(
            Asked.Field.of("id"), Operator.EQ, Quantifier.ANY, List.of("1", "2", "3"));
    assertThat(explained(among)).contains("SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)");
  }

  private String explained(Asked.Condition condition) throws SQLException {
    Asked.Rows rows =
        new Asked.Rows(List.of(new Asked.Item.Star()), List.of(condition), List.of(), null, null);
    Plan.Read plan = planner.read(new Asked.Read(NOTES, rows, Asked.Count.NONE), INSIDE);
    Sql read =
        new SqlCompiler(planner.catalog().model(), new SqliteDialect()).read(plan.shape().select());
    try (Session reader = database.reader();
        var explain = reader.connection().prepareStatement("EXPLAIN QUERY PLAN " + read.text());
        var result = explain.executeQuery()) {
      StringBuilder steps = new StringBuilder();
      while (result.next()) steps.append(result.getString(4)).append('\n');
      return steps.toString();
    }
  }

  private Problem refusal(Plan.Insert plan) {
    try {
      engine.write(plan, allowance(Duration.ofSeconds(5)));
    } catch (ProblemException e) {
      return e.problem();
    }
    throw new AssertionError("nothing was refused");
  }

  /// Rows by id and parent, in turn.
  private Plan.Insert children(String... cells) {
    List<List<Asked.Cell>> rows = new ArrayList<>();
    for (int i = 0; i < cells.length; i += 2)
      rows.add(List.of(new Asked.Cell.Text(cells[i]), new Asked.Cell.Text(cells[i + 1])));
    return planner.insert(
        new Asked.Insert(NOTES, List.of("id", "parent_id"), rows, null, null), INSIDE);
  }

  private Plan.Insert note(String id, String title) {
    return notes(List.of(List.of(id, title)));
  }

  private Plan.Insert notes(List<List<String>> rows) {
    List<List<Asked.Cell>> cells =
        rows.stream()
            .map(row -> row.stream().<Asked.Cell>map(Asked.Cell.Text::new).toList())
            .toList();
    return planner.insert(
        new Asked.Insert(
            TableName.inDefaultSchema("notes"), List.of("id", "title"), cells, null, null),
        INSIDE);
  }

  private long count() throws SQLException {
    try (Session reader = database.reader()) {
      return reader.number(COUNT, Arguments.NONE);
    }
  }

  private static Allowance allowance(Duration timeout) {
    return new Allowance(timeout, new ByteBudget(1 << 20).lease(), Observer.NOBODY);
  }
}
