package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Casting;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.sql.Sketch.ColumnSketch;
import dev.mainstay.sql.Sketch.IndexSketch;
import dev.mainstay.sql.Sketch.TableSketch;
import dev.mainstay.sql.Sketch.ViewSketch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Changes a [Sketch] at random, and what its rows must then hold.
final class Drawing {
  private static final List<ColumnType> TYPES =
      List.of(
          new ColumnType.Text(),
          new ColumnType.Text(),
          new ColumnType.Varchar(20),
          new ColumnType.Varchar(40),
          new ColumnType.Whole(16),
          new ColumnType.Whole(32),
          new ColumnType.Whole(64),
          new ColumnType.Decimal(8, 2),
          new ColumnType.Decimal(12, 3),
          new ColumnType.Bool(),
          new ColumnType.Date(),
          new ColumnType.Timestamp(),
          new ColumnType.TimestampTz(),
          new ColumnType.Uuid(),
          new ColumnType.Json());

  private final Random random;
  private final Sketch sketch;
  private int names;

  Drawing(Random random, Sketch sketch) {
    this.random = random;
    this.sketch = sketch;
  }

  String yaml() {
    return sketch.yaml();
  }

  /// The first model, with rows.
  void begin() {
    addLabels();
    for (int i = 0; i < 3; i++) addTable();
    for (int i = 0; i < 30; i++) change();
    sketch.settle();
  }

  /// Some changes that can be made together.
  void step() {
    sketch.settle();
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) change();
  }

  private void change() {
    switch (random.nextInt(24)) {
      case 0 -> addTable();
      case 1 -> dropTable();
      case 2 -> renameTable();
      case 3, 4, 5 -> addColumn(any(sketch.tables));
      case 6 -> dropColumn();
      case 7, 8 -> renameColumn();
      case 9, 10, 11 -> changeType();
      case 12 -> changeNullability();
      case 13 -> changeFill();
      case 14 -> changeUniques();
      case 15 -> changeIndexes();
      case 16 -> changeChecks();
      case 17 -> changeDocuments();
      case 18 -> changeReferences();
      case 19 -> changeKey();
      case 20 -> changeViews();
      case 21 -> addLabels();
      case 22 -> changeLabels();
      default -> changeComments();
    }
  }

  // ── tables ──

  private void addTable() {
    if (sketch.tables.size() > 5) return;
    ColumnSketch id = new ColumnSketch("id", new ColumnType.Whole(random.nextBoolean() ? 32 : 64));
    id.isIdentity = random.nextBoolean();
    TableSketch table = new TableSketch(tableName(), id);
    sketch.tables.add(table);
    for (int i = random.nextInt(4); i >= 0; i--) addColumn(table);
  }

  private String tableName() {
    return (random.nextInt(4) == 0 ? "shop.t" : "t") + ++names;
  }

  private void dropTable() {
    if (sketch.tables.size() < 3) return;
    TableSketch table = any(sketch.tables);
    if (table.was != null) return;
    for (ColumnSketch column : sketch.referring(table)) column.target = null;
    sketch.tables.remove(table);
    sketch.views.removeIf(view -> view.table.equals(table));
  }

  private void renameTable() {
    TableSketch table = any(sketch.tables);
    if (table.isNew) return;
    if (table.was == null) table.was = table.name;
    table.name = tableName();
    if (table.name.contains(".")) sketch.views.removeIf(view -> view.table.equals(table));
  }

  // ── columns ──

  private void addColumn(TableSketch table) {
    if (table.columns.size() > 8) return;
    ColumnSketch column = new ColumnSketch("c" + ++names, type());
    if (random.nextInt(5) == 0) {
      ColumnSketch source = any(table.columns);
      if (!isComputable(source)) return;
      column.source = source;
      column.type = computed(source.type);
      column.isNullable = true;
    } else {
      column.isNullable = random.nextInt(3) > 0;
      if (!column.isNullable || random.nextInt(4) == 0) column.fill = fill(column.type);
      if (column.fill == null) column.isNullable = true;
    }
    table.columns.add(column);
    Value given = given(column);
    if (given != null) for (Map<ColumnSketch, Value> row : table.rows) row.put(column, given);
  }

  private static boolean isComputable(ColumnSketch source) {
    return source.source == null
        && (isText(source.type) || source.type instanceof ColumnType.Whole(int bits) && bits > 16);
  }

  private static ColumnType computed(ColumnType source) {
    return source instanceof ColumnType.Whole ? new ColumnType.Whole(64) : new ColumnType.Text();
  }

  /// What a new row gets, or null when that is another value in each.
  @Nullable Value given(ColumnSketch column) {
    if (column.source != null) return null;
    if (column.fill == null) return Value.NULL;
    if (column.fill.endsWith("()")) return null;
    return ValueReader.read(column.type, column.fill.replace("'", ""));
  }

  private @Nullable String fill(ColumnType type) {
    if (type instanceof ColumnType.Uuid) return random.nextBoolean() ? "uuid7()" : "uuid()";
    if (type instanceof ColumnType.TimestampTz && random.nextBoolean()) return "now()";
    if (type instanceof ColumnType.Json) return null;
    return "'" + text(type) + "'";
  }

  private void dropColumn() {
    TableSketch table = any(sketch.tables);
    ColumnSketch column = any(table.columns);
    if (column.equals(table.id()) || column.equals(table.key) || column.was != null) return;
    for (ColumnSketch other : List.copyOf(table.columns))
      if (column.equals(other.source)) {
        if (other.was != null) return;
        remove(table, other);
      }
    remove(table, column);
  }

  private void remove(TableSketch table, ColumnSketch column) {
    table.columns.remove(column);
    table.uniques.removeIf(unique -> unique.contains(column));
    table.indexes.removeIf(index -> index.columns.contains(column));
    table.checks.remove(column);
    table.documents.removeIf(document -> document.contains(column));
    table.rows.forEach(row -> row.remove(column));
    for (ViewSketch view : sketch.views) view.columns.remove(column);
    sketch.views.removeIf(view -> view.columns.isEmpty());
  }

  private void renameColumn() {
    TableSketch table = any(sketch.tables);
    ColumnSketch column = any(table.columns);
    if (column.isNew || table.isNew) return;
    if (column.was == null) column.was = column.name;
    column.name = "c" + ++names;
  }

  private void changeType() {
    TableSketch table = any(sketch.tables);
    ColumnSketch column = any(table.columns);
    ColumnType to = type();
    if (column.source != null || column.target != null || column.isNew) return;
    if (column.equals(table.id())) to = new ColumnType.Whole(random.nextBoolean() ? 32 : 64);
    if (to.equals(column.type) || !Casting.exists(column.type, to)) return;
    if (isComputedFrom(table, column) && !computesAlike(column.type, to)) return;
    if (isSearched(table, column) && !isText(to)) return;
    if (to instanceof ColumnType.Json && isKey(table, column)) return;
    convert(table, column, to);
  }

  private void convert(TableSketch table, ColumnSketch column, ColumnType to) {
    ColumnType from = column.type;
    IdentityHashMap<Map<ColumnSketch, Value>, Value> before = new IdentityHashMap<>();
    IdentityHashMap<Map<ColumnSketch, Value>, Value> values = new IdentityHashMap<>();
    try {
      for (Map<ColumnSketch, Value> row : table.rows) {
        Value value = Sketch.value(row, column);
        before.put(row, value);
        values.put(row, Casting.cast(from, value, to));
      }
    } catch (ProblemException e) {
      return;
    }
    values.forEach((row, value) -> row.put(column, value));
    if (!table.isSound()) {
      before.forEach((row, value) -> row.put(column, value));
      return;
    }
    column.type = to;
    if (column.fill != null) column.fill = fill(to);
    if (column.fill == null)
      column.isNullable |= !column.equals(table.id()) && !column.equals(table.key);
    for (ColumnSketch referring : sketch.referring(table))
      if (column.equals(table.id())) referring.type = to;
    for (ColumnSketch other : table.columns)
      if (column.equals(other.source)) other.type = computed(to);
  }

  private static boolean isComputedFrom(TableSketch table, ColumnSketch column) {
    return table.columns.stream().anyMatch(other -> column.equals(other.source));
  }

  private static boolean computesAlike(ColumnType from, ColumnType to) {
    return computed(from).equals(computed(to))
        && (isText(to) || to instanceof ColumnType.Whole(int bits) && bits > 16);
  }

  private static boolean isSearched(TableSketch table, ColumnSketch column) {
    return table.documents.stream().anyMatch(document -> document.contains(column));
  }

  private static boolean isKey(TableSketch table, ColumnSketch column) {
    return table.key.equals(column)
        || table.uniques.stream().anyMatch(unique -> unique.contains(column))
        || table.indexes.stream().anyMatch(index -> index.columns.contains(column));
  }

  private void changeNullability() {
    TableSketch table = any(sketch.tables);
    ColumnSketch column = any(table.columns);
    if (column.source != null || column.equals(table.key) || column.equals(table.id())) return;
    if (column.isNew) return;
    if (!column.isNullable) {
      column.isNullable = true;
      return;
    }
    if (table.rows.stream().anyMatch(row -> Sketch.value(row, column) instanceof Value.Null))
      return;
    column.isNullable = false;
    if (column.onDelete.equals("set null")) column.onDelete = "cascade";
  }

  private void changeFill() {
    TableSketch table = any(sketch.tables);
    ColumnSketch column = any(table.columns);
    if (column.source != null || column.target != null || column.isNew) return;
    if (column.equals(table.id())) {
      if (column.equals(table.key)) column.isIdentity = !column.isIdentity;
      return;
    }
    column.fill = random.nextBoolean() ? null : fill(column.type);
  }

  // ── what belongs to tables ──

  private void changeUniques() {
    TableSketch table = any(sketch.tables);
    if (!table.uniques.isEmpty() && random.nextBoolean()) {
      table.uniques.remove(any(table.uniques));
      return;
    }
    List<ColumnSketch> columns = some(table);
    if (columns.isEmpty() || table.uniques.contains(columns) || !table.isDistinct(columns)) return;
    if (!columns.equals(List.of(table.key))) table.uniques.add(columns);
  }

  private void changeIndexes() {
    TableSketch table = any(sketch.tables);
    if (!table.indexes.isEmpty() && random.nextBoolean()) {
      table.indexes.remove(any(table.indexes));
      return;
    }
    List<ColumnSketch> columns = some(table);
    if (columns.isEmpty()) return;
    boolean isUnique = random.nextInt(3) == 0 && table.isDistinct(columns);
    table.indexes.add(new IndexSketch(columns, isUnique, random.nextBoolean()));
  }

  private List<ColumnSketch> some(TableSketch table) {
    List<ColumnSketch> columns = new ArrayList<>();
    for (ColumnSketch column : table.columns)
      if (!(column.type instanceof ColumnType.Json)
          && column.source == null
          && !column.isNew
          && random.nextInt(3) == 0) columns.add(column);
    return columns.size() > 3 ? List.of() : columns;
  }

  private void changeChecks() {
    TableSketch table = any(sketch.tables);
    ColumnSketch column = any(table.columns);
    if (!table.checks.remove(column)) table.checks.add(column);
  }

  private void changeDocuments() {
    TableSketch table = any(sketch.tables);
    if (!table.documents.isEmpty() && random.nextBoolean()) {
      table.documents.remove(any(table.documents));
      return;
    }
    List<ColumnSketch> texts =
        table.columns.stream()
            .filter(column -> isText(column.type) && column.source == null && random.nextBoolean())
            .toList();
    if (!texts.isEmpty() && table.documents.size() < 2) table.documents.add(texts);
  }

  private void changeReferences() {
    TableSketch table = any(sketch.tables);
    ColumnSketch column = any(table.columns);
    if (column.target != null && random.nextBoolean()) {
      column.target = null;
      return;
    }
    TableSketch target = any(sketch.tables);
    if (!target.key.equals(target.id()) || table.columns.size() > 8) return;
    ColumnSketch reference = new ColumnSketch("c" + ++names, target.id().type);
    reference.isNullable = true;
    reference.target = target;
    reference.onDelete = any(List.of("cascade", "set null", "no action", "restrict"));
    table.columns.add(reference);
    for (Map<ColumnSketch, Value> row : table.rows) row.put(reference, Value.NULL);
  }

  private void changeKey() {
    TableSketch table = any(sketch.tables);
    if (!sketch.referring(table).isEmpty()) return;
    ColumnSketch key = any(table.columns);
    if (key.source != null || key.isNullable || key.isNew || key.type instanceof ColumnType.Json)
      return;
    if (table.uniques.contains(List.of(key)) || !table.isDistinct(List.of(key))) return;
    table.key = key;
    table.id().isIdentity = false;
  }

  private void changeViews() {
    if (!sketch.views.isEmpty() && random.nextBoolean()) {
      sketch.views.remove(any(sketch.views));
      return;
    }
    TableSketch table = any(sketch.tables);
    if (table.name.contains(".")) return;
    List<ColumnSketch> columns =
        table.columns.stream().filter(column -> random.nextBoolean()).toList();
    if (!columns.isEmpty()) sketch.views.add(new ViewSketch("v" + ++names, table, columns));
  }

  private void changeComments() {
    TableSketch table = any(sketch.tables);
    table.comment = random.nextBoolean() ? null : "of " + ++names;
    any(table.columns).comment = random.nextBoolean() ? null : "said " + ++names;
  }

  // ── enums ──

  private void addLabels() {
    if (sketch.enums.size() < 3) sketch.enums.put("e" + ++names, List.of("l1", "l2", "l3"));
  }

  private void changeLabels() {
    String name = any(List.copyOf(sketch.enums.keySet()));
    if (sketch.enums.size() > 1 && random.nextInt(3) == 0 && !isUsed(name)) {
      sketch.enums.remove(name);
      return;
    }
    List<String> labels = new ArrayList<>(labels(name));
    switch (random.nextInt(4)) {
      case 0 -> Collections.swap(labels, 0, labels.size() - 1);
      case 1 -> {
        String gone = any(labels);
        if (labels.size() < 2 || isUsed(name, gone)) return;
        labels.remove(gone);
      }
      default -> labels.add(random.nextInt(labels.size() + 1), "l" + ++names);
    }
    sketch.enums.put(name, List.copyOf(labels));
    ColumnType type = new ColumnType.Enumerated(name, List.copyOf(labels));
    for (TableSketch table : sketch.tables)
      for (ColumnSketch column : table.columns) if (isOf(column, name)) column.type = type;
  }

  private List<String> labels(String name) {
    return Objects.requireNonNull(sketch.enums.get(name));
  }

  private boolean isUsed(String name) {
    return sketch.tables.stream()
        .anyMatch(table -> table.columns.stream().anyMatch(column -> isOf(column, name)));
  }

  private boolean isUsed(String name, String label) {
    for (TableSketch table : sketch.tables)
      for (ColumnSketch column : table.columns)
        if (isOf(column, name)
            && (("'" + label + "'").equals(column.fill)
                || table.rows.stream()
                    .anyMatch(row -> Sketch.value(row, column).equals(new Value.Text(label)))))
          return true;
    return false;
  }

  private static boolean isOf(ColumnSketch column, String name) {
    return column.type instanceof ColumnType.Enumerated(String _, String of, var _)
        && of.equals(name);
  }

  // ── rows ──

  /// Rows that the tables are to be given, by table.
  Map<TableSketch, List<Map<ColumnSketch, Value>>> rows() {
    Map<TableSketch, List<Map<ColumnSketch, Value>>> added = new LinkedHashMap<>();
    for (TableSketch table : sketch.tables) {
      int drawn = random.nextInt(4);
      if (lacksTarget(table)) continue;
      for (int i = drawn; i > 0; i--) {
        Map<ColumnSketch, Value> row = new HashMap<>();
        for (ColumnSketch column : table.columns)
          if (column.source == null) row.put(column, fresh(table, column));
        table.rows.add(row);
        if (table.isSound()) added.computeIfAbsent(table, _ -> new ArrayList<>()).add(row);
        else table.rows.removeLast();
      }
    }
    return added;
  }

  /// Whether its rows must refer to one of another table, which has none.
  private static boolean lacksTarget(TableSketch table) {
    return table.columns.stream()
        .anyMatch(
            column ->
                column.target != null
                    && !column.isNullable
                    && !column.target.equals(table)
                    && column.target.rows.isEmpty());
  }

  private Value fresh(TableSketch table, ColumnSketch column) {
    if (column.equals(table.id())) return new Value.Whole(1 + most(table));
    if (column.target != null) return reference(table, column, column.target);
    if (column.isNullable && random.nextInt(3) == 0) return Value.NULL;
    return ValueReader.read(column.type, text(column.type));
  }

  /// The first row of a table that must refer to itself is its own target.
  private Value reference(TableSketch table, ColumnSketch column, TableSketch target) {
    boolean isEmpty = target.rows.isEmpty();
    boolean isNull = isEmpty || target.equals(table) || random.nextInt(4) == 0;
    if (isNull && column.isNullable) return Value.NULL;
    return isEmpty ? new Value.Whole(1 + most(table)) : Sketch.value(any(target.rows), target.id());
  }

  private static long most(TableSketch table) {
    long most = 0;
    for (Map<ColumnSketch, Value> row : table.rows)
      if (row.get(table.id()) instanceof Value.Whole(long id)) most = Math.max(most, id);
    return most;
  }

  // ── chance ──

  private ColumnType type() {
    int at = random.nextInt(TYPES.size() + 2);
    if (at < TYPES.size() || sketch.enums.isEmpty()) return TYPES.get(at % TYPES.size());
    String name = any(List.copyOf(sketch.enums.keySet()));
    return new ColumnType.Enumerated(name, labels(name));
  }

  private String text(ColumnType type) {
    int number = random.nextInt(100);
    return switch (type) {
      case ColumnType.Text _, ColumnType.Varchar _ ->
          switch (random.nextInt(6)) {
            case 0 -> "l" + (1 + number % 3);
            case 1 -> "word " + number;
            case 2 -> "2024-01-" + (10 + number % 20);
            default -> "" + number;
          };
      case ColumnType.Whole _ -> "" + number;
      case ColumnType.Decimal _ -> number + "." + random.nextInt(10) + "5";
      case ColumnType.Bool _ -> number % 2 == 0 ? "true" : "false";
      case ColumnType.Date _ -> "2024-01-" + (10 + number % 20);
      case ColumnType.Timestamp _ -> "2024-01-02T03:04:" + (10 + number % 50) + ".5";
      case ColumnType.TimestampTz _ -> "2024-01-02T03:04:" + (10 + number % 50) + ".25+00:00";
      case ColumnType.Uuid _ -> new UUID(random.nextLong(), random.nextLong()).toString();
      case ColumnType.Json _ -> number % 2 == 0 ? "" + number : "{\"a\": " + number + "}";
      case ColumnType.Enumerated(String _, String _, List<String> labels) -> any(labels);
      default -> throw new IllegalStateException("no text of " + type);
    };
  }

  private static boolean isText(ColumnType type) {
    return type instanceof ColumnType.Text || type instanceof ColumnType.Varchar;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
