package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Table;
import dev.mainstay.sql.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is done to the columns of one table, which is all one statement: the rows are written anew
/// once at most.
final class TableChange {
  private static final String COLUMN = "column";

  /// An index of columns alone, in the server's words.
  private static final Pattern PLAIN = Pattern.compile("[^(]*\\([^()]*\\)");

  private final Table was;
  private final Table table;
  private final Set<String> newTypes;

  /// Columns and search documents to be added, by name, as they are declared.
  private final Map<String, String> wanted = new LinkedHashMap<>();

  private final Map<String, Shape> before = new LinkedHashMap<>();
  private final Map<String, Shape> after = new LinkedHashMap<>();

  /// Columns that go, and computed ones that come again.
  private final Set<String> dropped = new LinkedHashSet<>();

  /// Columns of somebody else, under names that the model wants.
  private final Set<String> strange = new LinkedHashSet<>();

  private final Set<String> converted = new LinkedHashSet<>();

  /// Checks, and indexes with conditions or expressions: the server goes through all rows for them
  /// when a column has got another type, even where its values stay as they are.
  private final List<String> proofs = new ArrayList<>();

  private final List<String> clauses = new ArrayList<>();
  private final List<String> afterwards = new ArrayList<>();
  private boolean isRewritten;
  private boolean isScanned;

  /// @param was the table as the model had it, with the names of the one after
  /// @param standing what is there, with the names of the model after
  /// @param goal what is to be there
  /// @param newTypes enums that are made anew
  TableChange(Table was, Table table, Schema standing, Schema goal, Set<String> newTypes) {
    this.was = was;
    this.table = table;
    this.newTypes = newTypes;
    String name = table.name().toString();
    for (Schema.Thing column : standing.things(COLUMN, name))
      before.put(column.name(), Shape.of(column.definition()));
    for (Schema.Thing column : goal.things(COLUMN, name))
      after.put(column.name(), Shape.of(column.definition()));
    for (Schema.Thing constraint : standing.things(Standing.CONSTRAINT, name))
      if (constraint.definition().startsWith("CHECK")) proofs.add(constraint.definition());
    for (Schema.Thing index : standing.things(Standing.INDEX, name))
      if (!PLAIN.matcher(index.definition()).matches()) proofs.add(index.definition());
    PostgresDdl ddl = new PostgresDdl();
    for (Column column : table.columns())
      if (!isComputed(column)) wanted.put(column.name(), ddl.column(column));
    for (Column column : table.columns())
      if (isComputed(column)) wanted.put(column.name(), ddl.column(column));
    for (Table.Search document : table.searches())
      wanted.put(document.name(), Documents.column(document));
    settle();
    write();
  }

  /// Whether a definition stands on a column that is gone for a while or for good.
  boolean takesFrom(String definition) {
    return dropped.stream().anyMatch(column -> Shape.names(definition, column));
  }

  /// Whether it is about one whose values are written anew.
  boolean touches(List<String> columns) {
    return columns.stream().anyMatch(c -> dropped.contains(c) || converted.contains(c));
  }

  boolean touches(String definition) {
    return takesFrom(definition) || converted.stream().anyMatch(c -> Shape.names(definition, c));
  }

  /// Whether a column is dropped, for good or to be added again.
  boolean drops(String column) {
    return dropped.contains(column);
  }

  boolean isEmpty() {
    return clauses.isEmpty();
  }

  /// Whether the statement goes through all rows.
  boolean takesLong() {
    return isRewritten || isScanned;
  }

  /// Whether the columns or their types become others.
  boolean isReshaped() {
    return !dropped.isEmpty()
        || !converted.isEmpty()
        || wanted.keySet().stream().anyMatch(this::isAdded);
  }

  String statement() {
    return "ALTER TABLE %s\n  %s".formatted(name(), String.join(",\n  ", clauses));
  }

  /// What follows it.
  List<String> afterwards() {
    return afterwards;
  }

  // ── what is to be done with which column ──

  private void settle() {
    for (String column : before.keySet())
      if (!after.containsKey(column) && isOurs(column)) dropped.add(column);
    after.forEach(
        (column, goal) -> {
          Shape now = before.get(column);
          if (now == null) return;
          // Somebody else has made another of that name: it is not ours to change.
          if (!isOurs(column) && !now.equals(goal)) strange.add(column);
          else if (goal.isComputed() && !now.equals(goal) && !differsByNullsAlone(now, goal))
            dropped.add(column);
          else if (!now.type().equals(goal.type()) || isOfNewType(column)) convert(column);
        });
    after.forEach(
        (column, goal) -> {
          Shape now = before.get(column);
          if (now != null && goal.isComputed() && touches(now.fill())) dropped.add(column);
        });
  }

  private void convert(String column) {
    Column model = table.column(column);
    if (model == null || isComputed(model)) dropped.add(column);
    else converted.add(column);
  }

  private static boolean differsByNullsAlone(Shape now, Shape goal) {
    return now.type().equals(goal.type()) && now.fill().equals(goal.fill());
  }

  private boolean isOurs(String column) {
    return was.column(column) != null || was.search(column) != null;
  }

  private boolean isOfNewType(String column) {
    Column model = table.column(column);
    return model != null && newTypes.contains(enumOf(model.type()));
  }

  private static String enumOf(ColumnType type) {
    return switch (type) {
      case ColumnType.Enumerated(String _, String name, var _) -> name;
      case ColumnType.ArrayOf(ColumnType element) -> enumOf(element);
      default -> "";
    };
  }

  // ── the statement ──

  private void write() {
    // Computed ones go before what they are computed from.
    for (String column : dropped) if (shape(before, column).isComputed()) drop(column);
    for (String column : dropped) if (!shape(before, column).isComputed()) drop(column);
    wanted.keySet().forEach(this::loosen);
    converted.forEach(this::converts);
    wanted.forEach(
        (column, text) -> {
          if (isAdded(column)) add(column, text);
        });
    wanted.keySet().forEach(this::tighten);
  }

  private void drop(String column) {
    clauses.add("DROP COLUMN " + Types.quoted(column));
  }

  private boolean isAdded(String column) {
    return !before.containsKey(column) || dropped.contains(column) || strange.contains(column);
  }

  private void loosen(String column) {
    if (isAdded(column)) return;
    Shape now = shape(before, column);
    Shape goal = shape(after, column);
    boolean isOther = !now.fill().equals(goal.fill());
    if (now.hasDefault() && (!goal.hasDefault() || converted.contains(column)))
      alter(column, "DROP DEFAULT");
    if (now.isIdentity() && isOther && !goal.isIdentity()) alter(column, "DROP IDENTITY");
    if (now.isComputed() && isOther) alter(column, "DROP EXPRESSION");
    if (now.isNeverNull() && !goal.isNeverNull()) alter(column, "DROP NOT NULL");
  }

  private void converts(String name) {
    Column column = column(name);
    Column model = was.column(name);
    // What somebody else has made of it is not what the model had.
    Column from = model != null && isAsModelled(model) ? model : null;
    alter(
        name,
        "TYPE %s USING %s"
            .formatted(Types.stored(column.type()), Conversions.converted(from, column)));
    if (!Conversions.isFree(from, column)) isRewritten = true;
    if (proofs.stream().anyMatch(definition -> Shape.names(definition, name))) isScanned = true;
  }

  private boolean isAsModelled(Column model) {
    String type = shape(before, model.name()).type();
    return isCalled(model.type(), type.replaceFirst(" COLLATE .*$", ""));
  }

  private static boolean isCalled(ColumnType type, String text) {
    return switch (type) {
      case ColumnType.Enumerated(String _, String name, var _) ->
          text.equals(name) || text.equals(Types.quoted(name));
      case ColumnType.ArrayOf(ColumnType element) ->
          text.endsWith("[]") && isCalled(element, text.substring(0, text.length() - 2));
      default -> text.equals(type.toString());
    };
  }

  private void add(String name, String text) {
    Column column = table.column(name);
    String fill = column == null ? null : Conversions.fill(column);
    clauses.add("ADD COLUMN " + text + (fill == null ? "" : " DEFAULT " + fill));
    if (fill != null)
      afterwards.add(
          "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT".formatted(name(), Types.quoted(name)));
    if (column == null || isPerRow(column.fill())) isRewritten = true;
  }

  /// Whether each row that is there gets a value of its own.
  private static boolean isPerRow(Fill fill) {
    return switch (fill) {
      case Fill.Nothing _, Fill.Literal _, Fill.Now _, Fill.AuthUid _ -> false;
      case Fill.RandomUuid _,
          Fill.OrderedUuid _,
          Fill.Identity _,
          Fill.Generated _,
          Fill.Existing _,
          Fill.Computed _ ->
          true;
    };
  }

  private void tighten(String name) {
    if (isAdded(name)) return;
    Shape now = shape(before, name);
    Shape goal = shape(after, name);
    if (!now.isNeverNull() && goal.isNeverNull()) {
      alter(name, "SET NOT NULL");
      isScanned = true;
    }
    if (now.fill().equals(goal.fill()) && !converted.contains(name)) return;
    if (goal.hasDefault()) alter(name, "SET DEFAULT " + Fills.expression(column(name)));
    if (!goal.isIdentity() || now.fill().equals(goal.fill())) return;
    String kind = goal.fill().replaceFirst(" AS IDENTITY$", "").strip();
    if (now.isIdentity()) alter(name, "SET " + kind);
    else {
      alter(name, "ADD " + kind + " AS IDENTITY");
      afterwards.add(PostgresDdl.nextNumber(table.name(), name));
    }
  }

  private void alter(String column, String what) {
    clauses.add("ALTER COLUMN " + Types.quoted(column) + " " + what);
  }

  private Column column(String name) {
    Column column = table.column(name);
    if (column == null) throw new IllegalStateException("no column " + name);
    return column;
  }

  private static Shape shape(Map<String, Shape> shapes, String column) {
    Shape shape = shapes.get(column);
    if (shape == null) throw new IllegalStateException("no column " + column);
    return shape;
  }

  private static boolean isComputed(@Nullable Column column) {
    return column != null && column.fill() instanceof Fill.Generated;
  }

  private String name() {
    return new PostgresDialect().table(table.name()).text();
  }
}
