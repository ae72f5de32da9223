package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model that can be drawn over, with the rows that its tables must hold.
final class Sketch {
  final Map<String, List<String>> enums = new LinkedHashMap<>();
  final List<TableSketch> tables = new ArrayList<>();
  final List<ViewSketch> views = new ArrayList<>();

  static final class TableSketch {
    String name;
    boolean isNew = true;

    /// What it is called in the model before, when that is something else.
    @Nullable String was;

    @Nullable String comment;
    final List<ColumnSketch> columns = new ArrayList<>();
    ColumnSketch key;
    final List<List<ColumnSketch>> uniques = new ArrayList<>();
    final List<IndexSketch> indexes = new ArrayList<>();
    final Set<ColumnSketch> checks = new HashSet<>();
    final List<List<ColumnSketch>> documents = new ArrayList<>();
    final List<Map<ColumnSketch, Value>> rows = new ArrayList<>();

    TableSketch(String name, ColumnSketch id) {
      this.name = name;
      this.key = id;
      columns.add(id);
    }

    /// The column that tells its rows apart as long as it is there.
    ColumnSketch id() {
      return columns.getFirst();
    }

    /// Whether the values of these columns together are different in all rows.
    boolean isDistinct(List<ColumnSketch> of) {
      Set<List<Value>> seen = new HashSet<>();
      for (Map<ColumnSketch, Value> row : rows) {
        List<Value> values = of.stream().map(column -> value(row, column)).toList();
        if (!values.contains(Value.NULL) && !seen.add(values)) return false;
      }
      return true;
    }

    /// Whether the rows are what the keys and checks allow.
    boolean isSound() {
      return uniques.stream().allMatch(this::isDistinct)
          && isDistinct(List.of(key))
          && indexes.stream().allMatch(i -> !i.isUnique || isDistinct(i.columns));
    }
  }

  static final class ColumnSketch {
    String name;
    boolean isNew = true;
    @Nullable String was;
    ColumnType type;
    boolean isNullable;
    boolean isIdentity;
    @Nullable String fill;
    @Nullable TableSketch target;
    String onDelete = "no action";

    /// The column it is computed from.
    @Nullable ColumnSketch source;

    @Nullable String comment;

    ColumnSketch(String name, ColumnType type) {
      this.name = name;
      this.type = type;
    }
  }

  static final class IndexSketch {
    final List<ColumnSketch> columns;
    final boolean isUnique;
    final boolean isPartial;

    IndexSketch(List<ColumnSketch> columns, boolean isUnique, boolean isPartial) {
      this.columns = columns;
      this.isUnique = isUnique;
      this.isPartial = isPartial;
    }
  }

  static final class ViewSketch {
    final String name;
    final TableSketch table;
    final List<ColumnSketch> columns;

    ViewSketch(String name, TableSketch table, List<ColumnSketch> columns) {
      this.name = name;
      this.table = table;
      this.columns = new ArrayList<>(columns);
    }
  }

  static Value value(Map<ColumnSketch, Value> row, ColumnSketch column) {
    return Objects.requireNonNullElse(row.get(column), Value.NULL);
  }

  /// A condition that all values that are made meet, or null where there is none.
  static @Nullable String condition(ColumnSketch column) {
    return switch (column.type) {
      case ColumnType.Whole _ -> "row." + column.name + " >= 0";
      case ColumnType.Decimal _ -> "row." + column.name + " >= 0.0";
      case ColumnType.Text _, ColumnType.Varchar _ -> "row." + column.name + " != 'zzz'";
      default -> null;
    };
  }

  /// The next model is one after this one.
  void settle() {
    for (TableSketch table : tables) {
      table.was = null;
      table.isNew = false;
      for (ColumnSketch column : table.columns) {
        column.was = null;
        column.isNew = false;
      }
    }
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    if (!enums.isEmpty()) yaml.append("enums:\n");
    enums.forEach((name, labels) -> yaml.append("  %s: %s\n".formatted(name, labels)));
    yaml.append("tables:\n");
    for (TableSketch table : tables) table(table, yaml);
    if (!views.isEmpty()) yaml.append("views:\n");
    for (ViewSketch view : views) view(view, yaml);
    return yaml.toString();
  }

  private static void table(TableSketch table, StringBuilder yaml) {
    yaml.append("  ").append(table.name).append(":\n");
    if (table.was != null) yaml.append("    renamed_from: ").append(table.was).append('\n');
    if (table.comment != null) yaml.append("    comment: ").append(table.comment).append('\n');
    yaml.append("    columns:\n");
    for (ColumnSketch column : table.columns)
      yaml.append("      %s: {%s}\n".formatted(column.name, String.join(", ", said(column))));
    yaml.append("    primary_key: [").append(table.key.name).append("]\n");
    if (!table.uniques.isEmpty())
      yaml.append("    unique: ")
          .append(table.uniques.stream().map(Sketch::names).toList())
          .append('\n');
    List<String> checks =
        table.columns.stream()
            .filter(column -> table.checks.contains(column) && condition(column) != null)
            .map(column -> "is_%s: \"%s\"".formatted(column.name, condition(column)))
            .toList();
    if (!checks.isEmpty())
      yaml.append("    checks: {").append(String.join(", ", checks)).append("}\n");
    if (!table.indexes.isEmpty()) yaml.append("    indexes:\n");
    for (IndexSketch index : table.indexes) {
      String condition = index.isPartial ? condition(index.columns.getFirst()) : null;
      yaml.append("      - {columns: ")
          .append(names(index.columns))
          .append(index.isUnique ? ", unique: true" : "")
          .append(condition == null ? "" : ", where: \"" + condition + "\"")
          .append("}\n");
    }
    if (!table.documents.isEmpty()) yaml.append("    search:\n");
    for (int i = 0; i < table.documents.size(); i++)
      yaml.append("      doc%d: %s\n".formatted(i, names(table.documents.get(i))));
  }

  private static List<String> said(ColumnSketch column) {
    List<String> said = new ArrayList<>();
    said.add("type: \"" + type(column.type) + "\"");
    if (column.isNullable) said.add("nullable: true");
    if (column.isIdentity) said.add("identity: true");
    if (column.fill != null) said.add("default: " + column.fill);
    if (column.target != null) {
      said.add("references: " + column.target.name + "." + column.target.id().name);
      said.add("on_delete: " + column.onDelete);
      said.add("as: to_" + column.name);
      said.add("inverse: of_" + column.name);
    }
    if (column.source != null)
      said.add(
          column.source.type instanceof ColumnType.Whole
              ? "generated: " + column.source.name + " + 1"
              : "generated: upper(" + column.source.name + ")");
    if (column.comment != null) said.add("comment: " + column.comment);
    if (column.was != null) said.add("renamed_from: " + column.was);
    return said;
  }

  private static void view(ViewSketch view, StringBuilder yaml) {
    yaml.append("  ").append(view.name).append(":\n    sql: select ");
    yaml.append(String.join(", ", view.columns.stream().map(column -> column.name).toList()));
    yaml.append(" from ").append(view.table.name).append("\n    columns: {");
    yaml.append(
        String.join(
            ", ", view.columns.stream().map(c -> c.name + ": \"" + type(c.type) + "?\"").toList()));
    yaml.append("}\n");
  }

  private static List<String> names(List<ColumnSketch> columns) {
    return columns.stream().map(column -> column.name).toList();
  }

  static String type(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal(int precision, int scale) ->
          "decimal(%d,%d)".formatted(precision, scale);
      case ColumnType.Varchar(int length) -> "varchar(" + length + ")";
      case ColumnType.Timestamp _ -> "timestamp";
      case ColumnType.TimestampTz _ -> "timestamptz";
      case ColumnType.Json _ -> "json";
      default -> type.toString();
    };
  }

  /// The columns of all tables that refer to one.
  List<ColumnSketch> referring(TableSketch target) {
    List<ColumnSketch> columns = new ArrayList<>();
    for (TableSketch table : tables)
      for (ColumnSketch column : table.columns)
        if (target.equals(column.target)) columns.add(column);
    return columns;
  }
}
