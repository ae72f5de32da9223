package dev.mainstay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.sql.Sketch.ColumnSketch;
import dev.mainstay.sql.Sketch.TableSketch;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A random walk over models, with rows in the tables. After each step the database is that of a
/// fresh installation, every row holds what it held, and to be stopped on the way there makes no
/// difference.
public abstract class MigrationWalk extends Migrating {
  /// How many walks a test takes. `-Dmainstay.walk.sequences=500` takes more,
  /// `-Dmainstay.walk.seed=…` repeats what a failure names.
  private static final int SEQUENCES = Integer.getInteger("mainstay.walk.sequences", 6);

  private static final long SEED = Long.getLong("mainstay.walk.seed", 20_261_125L);
  private static final int STEPS = 5;

  @Override
  protected SeedFiles seeds() {
    return file -> new ByteArrayInputStream(new byte[0]);
  }

  @Test
  void rowsOutliveEveryChangeOfTheModel() throws Exception {
    for (int i = 0; i < SEQUENCES; i++) {
      long seed = SEED + i;
      try {
        walk(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "-Dmainstay.walk.seed=%d -Dmainstay.walk.sequences=1".formatted(seed), e);
      }
    }
  }

  private void walk(Random random) throws Exception {
    Sketch sketch = new Sketch();
    Drawing drawing = new Drawing(random, sketch);
    drawing.begin();
    String before = sketch.yaml();
    try (Empty database = open()) {
      new Installer(dialect(), ddl(), "under test")
          .install(
              database.installation(), goal(before).model(), goal(before).rules(), before, seeds());
      add(database, drawing);
      for (int step = 0; step < STEPS; step++) {
        drawing.step();
        String after = sketch.yaml();
        try {
          step(database, sketch, drawing, random.nextInt(120));
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("step %d, from%n%s%nto%n%s".formatted(step, before, after), e);
        }
        before = after;
      }
    }
  }

  private void step(Empty database, Sketch sketch, Drawing drawing, int statements)
      throws Exception {
    String yaml = sketch.yaml();
    try {
      migrator().apply(new Killed(database.migratable(), statements), goal(yaml), true);
    } catch (Killed.Now e) {
      apply(database, yaml, true);
    }
    isAsFresh(database, yaml);
    assertThat(plan(database, yaml).steps()).isEmpty();
    for (TableSketch table : sketch.tables) isAsWritten(database, yaml, table, drawing);
    add(database, drawing);
  }

  private void isAsWritten(Empty database, String yaml, TableSketch sketch, Drawing drawing) {
    Model model = goal(yaml).model();
    Table table = Objects.requireNonNull(model.table(name(sketch)));
    List<ColumnSketch> columns =
        sketch.columns.stream().filter(column -> column.source == null).toList();
    List<ColumnType> types =
        columns.stream().map(c -> Objects.requireNonNull(table.column(c.name)).type()).toList();
    List<Sql> names = columns.stream().map(column -> dialect().quote(column.name)).toList();
    Sql query = Sql.of("SELECT {} FROM {}", Sql.join(", ", names), dialect().table(table.name()));
    List<List<Value>> found;
    try (Installation installation = database.installation()) {
      found = installation.values(query, types);
    }
    Map<Value, Map<ColumnSketch, Value>> wanted = new HashMap<>();
    for (Map<ColumnSketch, Value> row : sketch.rows)
      wanted.put(Sketch.value(row, sketch.id()), row);
    assertThat(found.stream().map(List::getFirst).toList())
        .as(sketch.name)
        .containsExactlyInAnyOrderElementsOf(wanted.keySet());
    for (List<Value> row : found) {
      Map<ColumnSketch, Value> expected = Objects.requireNonNull(wanted.get(row.getFirst()));
      for (int i = 0; i < columns.size(); i++) {
        ColumnSketch column = columns.get(i);
        // Each row has got a value of its own.
        if (!expected.containsKey(column) && drawing.given(column) == null)
          expected.put(column, row.get(i));
        assertThat(text(types.get(i), row.get(i)))
            .as("%s.%s of row %s", sketch.name, column.name, row.getFirst())
            .isEqualTo(text(types.get(i), Sketch.value(expected, column)));
      }
    }
  }

  private static @Nullable String text(ColumnType type, Value value) {
    return value instanceof Value.Null ? null : ValueText.text(type, value);
  }

  private void add(Empty database, Drawing drawing) throws Exception {
    Map<TableSketch, List<Map<ColumnSketch, Value>>> rows = drawing.rows();
    Model model = goal(drawing.yaml()).model();
    try (Installation installation = database.installation()) {
      for (Map.Entry<TableSketch, List<Map<ColumnSketch, Value>>> entry : rows.entrySet()) {
        TableSketch sketch = entry.getKey();
        Table table = Objects.requireNonNull(model.table(name(sketch)));
        List<ColumnSketch> columns =
            sketch.columns.stream().filter(column -> column.source == null).toList();
        List<Column> names =
            columns.stream().map(c -> Objects.requireNonNull(table.column(c.name))).toList();
        List<List<Value>> values = new ArrayList<>();
        for (Map<ColumnSketch, Value> row : entry.getValue())
          values.add(columns.stream().map(column -> Sketch.value(row, column)).toList());
        installation.insert(table, names, values);
      }
      installation.commit();
    }
  }

  private static TableName name(TableSketch table) {
    String[] parts = table.name.split("\\.", 2);
    return parts.length == 1
        ? TableName.inDefaultSchema(parts[0])
        : new TableName(parts[0], parts[1]);
  }
}
