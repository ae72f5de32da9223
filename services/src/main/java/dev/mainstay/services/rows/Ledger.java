package dev.mainstay.services.rows;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tables `mainstay.imports` and `mainstay.import_rows`: how far imports have come, and which
/// of their rows are in no table. Everything is written in the unit of work that writes the rows.
final class Ledger {
  private static final TableName IMPORTS = new TableName("mainstay", "imports");
  private static final TableName ROWS = new TableName("mainstay", "import_rows");
  private static final Caller CALLER = new Caller.Inside();
  private static final Plan.Expectation ONE = new Plan.Expectation(null, true);
  private static final List<Asked.Item> EVERYTHING = List.of(new Asked.Item.Star());

  private final Planner planner;
  private final InstantSource clock;

  Ledger(Planner planner, InstantSource clock) {
    this.planner = planner;
    this.clock = clock;
  }

  /// The imports into the table, the latest first.
  List<Place> places(TableName table, Engine.Unit unit) {
    var latestFirst =
        List.of(new Asked.Ordering(null, Asked.Field.of("id"), /* descending= */ true, null));
    var rows =
        new Asked.Rows(
            EVERYTHING, List.of(equal("target", table.toString())), latestFirst, null, null);
    return unit
        .read(planner.read(new Asked.Read(IMPORTS, rows, Asked.Count.NONE), CALLER))
        .rows()
        .stream()
        .map(row -> place(table, row))
        .toList();
  }

  /// Keeps how far an import has come.
  ///
  /// @param before where it was
  Place keep(Place before, Place now, Engine.Unit unit) {
    List<String> columns = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    Imported done = now.done();
    set("bytes", Long.toString(now.bytes()), columns, cells);
    set("digest", now.digest(), columns, cells);
    set("next_line", Integer.toString(now.line()), columns, cells);
    set("rows_read", Long.toString(done.read()), columns, cells);
    set("rows_stored", Long.toString(done.stored()), columns, cells);
    set("rows_left", Long.toString(done.left()), columns, cells);
    set("rows_rejected", Long.toString(done.rejected()), columns, cells);
    set("rows_waiting", Long.toString(done.waiting()), columns, cells);
    if (now.isFinished()) set("finished_at", now(), columns, cells);
    String id = before.id();
    if (id != null) {
      update(before, id, columns, cells, unit);
      return now.withId(id);
    }
    set("target", now.table().toString(), columns, cells);
    set("file", now.file(), columns, cells);
    var returned = new Asked.Rows(EVERYTHING, List.of(), List.of(), null, null);
    var insert = new Asked.Insert(IMPORTS, columns, List.of(cells), null, returned);
    byte[] row = unit.write(planner.insert(insert, CALLER)).rows().getFirst();
    return now.withId(JsonMapper.shared().readTree(row).get("id").asString());
  }

  private void update(
      Place before, String id, List<String> columns, List<Cell> cells, Engine.Unit unit) {
    List<Asked.Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++)
      assignments.add(new Asked.Assignment(columns.get(i), cells.get(i)));
    var where =
        List.of(
            equal("id", id),
            equal("rows_read", Long.toString(before.done().read())),
            equal("rows_stored", Long.toString(before.done().stored())));
    try {
      unit.write(planner.update(new Asked.Update(IMPORTS, assignments, where, null), ONE, CALLER));
    } catch (ProblemException e) {
      if (!(e.problem() instanceof Problem.NotOneRow)) throw e;
      throw new ImportRefused("Somebody else goes on with this import at the same time");
    }
  }

  /// Forgets an import, and its rows that are in no table.
  void forget(String id, Engine.Unit unit) {
    unit.write(
        planner.delete(
            new Asked.Delete(IMPORTS, List.of(equal("id", id)), null),
            Plan.Expectation.ANY,
            CALLER));
  }

  /// Keeps rows that are in no table, in place of what was kept of them.
  void keepRows(String id, List<Line.Aside> lines, Engine.Unit unit) {
    if (lines.isEmpty()) return;
    List<List<Cell>> rows = new ArrayList<>();
    for (Line.Aside aside : lines)
      rows.add(
          List.of(
              new Cell.Text(id),
              new Cell.Text(Long.toString(aside.line().place())),
              new Cell.Text(Integer.toString(aside.line().line())),
              // The one character that no database takes.
              new Cell.Text(aside.line().text().replace('\0', '\uFFFD')),
              new Cell.Text(Boolean.toString(aside.waits())),
              new Cell.Text(aside.reason())));
    List<String> columns = List.of("import_id", "place", "line", "text", "waits", "reason");
    var byKey = new Asked.Conflict(List.of(), true);
    unit.write(planner.insert(new Asked.Insert(ROWS, columns, rows, byKey, null), CALLER));
  }

  void forgetRows(String id, List<Line> lines, Engine.Unit unit) {
    if (lines.isEmpty()) return;
    List<String> places = lines.stream().map(line -> Long.toString(line.place())).toList();
    var theirs =
        new Asked.Condition.Compare(
            Asked.Field.of("place"), Operator.EQ, Quantifier.ANY, List.copyOf(places));
    forgetRows(List.of(equal("import_id", id), theirs), unit);
  }

  void forgetRows(String id, Engine.Unit unit) {
    forgetRows(List.of(equal("import_id", id)), unit);
  }

  private void forgetRows(List<Asked.Condition> where, Engine.Unit unit) {
    unit.write(planner.delete(new Asked.Delete(ROWS, where, null), Plan.Expectation.ANY, CALLER));
  }

  /// The rows of an import that are in no table, in their order.
  Pages rows(String id, ByteBudget.Lease lease) {
    return pages(List.of(equal("import_id", id)), lease);
  }

  /// Those that wait.
  Pages waiting(String id, ByteBudget.Lease lease) {
    Asked.Condition waits = new Asked.Condition.Is(Asked.Field.of("waits"), Truth.TRUE);
    return pages(List.of(equal("import_id", id), waits), lease);
  }

  private Pages pages(List<Asked.Condition> where, ByteBudget.Lease lease) {
    Table table = Objects.requireNonNull(planner.catalog().table(ROWS));
    return new Pages(planner, table, EVERYTHING, where, lease);
  }

  static Line.Aside aside(byte[] row) {
    JsonNode json = JsonMapper.shared().readTree(row);
    Line line =
        new Line(
            json.get("place").asLong(),
            json.get("line").asInt(),
            json.get("text").asString(),
            null);
    return new Line.Aside(line, json.get("waits").asBoolean(), json.get("reason").asString());
  }

  private static Place place(TableName table, byte[] row) {
    JsonNode json = JsonMapper.shared().readTree(row);
    JsonNode finished = json.get("finished_at");
    return new Place(
        json.get("id").asString(),
        table,
        json.get("file").asString(),
        json.get("bytes").asLong(),
        json.get("digest").asString(),
        json.get("next_line").asInt(),
        new Imported(
            json.get("rows_read").asLong(),
            json.get("rows_stored").asLong(),
            json.get("rows_left").asLong(),
            json.get("rows_rejected").asLong(),
            json.get("rows_waiting").asLong()),
        finished != null && !finished.isNull());
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC).toString();
  }

  private static void set(String column, String text, List<String> columns, List<Cell> cells) {
    columns.add(column);
    cells.add(new Cell.Text(text));
  }

  private static Asked.Condition equal(String column, String text) {
    return Pages.compare(column, Operator.EQ, text);
  }
}
