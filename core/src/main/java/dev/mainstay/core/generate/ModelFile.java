package dev.mainstay.core.generate;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a database has, as a model file that declares it: tables, views and enums, to be made
/// elsewhere or kept by hand from then on. What a model cannot say stands in a comment at its
/// place.
public final class ModelFile {
  private final Model model;
  private final Map<TableName, String> queries;
  private final Lines out = new Lines();

  /// The names by which rows of a table go on to others, and those of its columns.
  private final Map<TableName, Set<String>> taken = new LinkedHashMap<>();

  private ModelFile(Model model, Map<TableName, String> queries) {
    this.model = model;
    this.queries = queries;
  }

  /// @param queries of the views, in PostgreSQL's SQL
  public static String of(Model model, Map<TableName, String> queries) {
    var file = new ModelFile(model, queries);
    file.write();
    return file.out.toString();
  }

  private void write() {
    for (Table table : model.tables()) {
      Set<String> names = new HashSet<>();
      for (Column column : table.columns()) names.add(column.name());
      taken.put(table.name(), names);
    }
    enums();
    List<Table> tables = model.tables().stream().filter(table -> !table.isView()).toList();
    List<Table> views = model.tables().stream().filter(Table::isView).toList();
    if (!tables.isEmpty()) {
      out.open("tables:");
      tables.forEach(this::table);
      out.close();
    }
    if (!views.isEmpty()) {
      out.open("views:");
      views.forEach(this::view);
      out.close();
    }
    functions();
  }

  private void enums() {
    List<ColumnType.Enumerated> own =
        model.enums().stream().filter(type -> isOfDefaultSchema(type.schema())).toList();
    if (own.isEmpty()) return;
    out.open("enums:");
    for (ColumnType.Enumerated type : own)
      out.line(Scalars.of(type.name()) + ": " + Scalars.list(type.labels()));
    out.close();
  }

  private static boolean isOfDefaultSchema(String schema) {
    return schema.equals(TableName.DEFAULT_SCHEMA);
  }

  private void table(Table table) {
    out.open(Scalars.of(table.name().title()) + ":");
    comment(table);
    out.open("columns:");
    for (Column column : table.columns()) column(table, column);
    out.close();
    if (table.primaryKey().isEmpty())
      out.line("# a table needs a primary key here, and this one has none");
    if (table.primaryKey().size() > 1) out.line("primary_key: " + Scalars.list(table.primaryKey()));
    if (!table.uniques().isEmpty()) {
      out.open("unique:");
      for (Table.Unique unique : table.uniques())
        out.line(Scalars.of(unique.name()) + ": " + Scalars.list(unique.columns()));
      out.close();
    }
    foreignKeys(table);
    out.close();
  }

  private void comment(Table table) {
    if (table.comment() != null) out.line("comment: " + Scalars.of(table.comment()));
  }

  private void column(Table table, Column column) {
    Map<String, String> said = type(column.type());
    if (said.isEmpty()) {
      out.line("# " + oneLine(column.name() + ": a model has no type " + column.type()));
      return;
    }
    if (column.nullable()) said.put("nullable", "true");
    if (table.primaryKey().equals(List.of(column.name()))) said.put("primary_key", "true");
    String left = fill(column, said);
    if (column.comment() != null) said.put("comment", Scalars.of(column.comment()));
    out.line(Scalars.of(column.name()) + ": " + shortest(said));
    if (left != null) out.line("# " + oneLine("default of " + column.name() + ": " + left));
  }

  /// The type's key and word; nothing when a model has no word for it.
  private static Map<String, String> type(ColumnType type) {
    Map<String, String> said = new LinkedHashMap<>();
    String word = word(type);
    if (word != null) said.put("type", Scalars.of(word));
    else if (type instanceof ColumnType.Native) said.put("native", Scalars.of(type.toString()));
    return said;
  }

  private static @Nullable String word(ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _ -> "boolean";
      case ColumnType.Whole _,
          ColumnType.Text _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Interval _,
          ColumnType.Bytea _ ->
          type.toString();
      case ColumnType.Floating(int bits) -> bits == 32 ? "real" : "double";
      case ColumnType.Decimal(int precision, int scale) ->
          "decimal(" + precision + "," + scale + ")";
      case ColumnType.Varchar(int length) -> "varchar(" + length + ")";
      case ColumnType.Time _ -> "time";
      case ColumnType.Timestamp _ -> "timestamp";
      case ColumnType.TimestampTz _ -> "timestamptz";
      case ColumnType.Json _ -> "json";
      case ColumnType.Enumerated(String schema, String name, var _) ->
          isOfDefaultSchema(schema) ? name : null;
      case ColumnType.ArrayOf(ColumnType element) -> {
        String of = word(element);
        yield of == null ? null : of + "[]";
      }
      case ColumnType.Native _ -> null;
    };
  }

  /// What fills the column, where a model can say it; else what it is in the database, or null.
  private static @Nullable String fill(Column column, Map<String, String> said) {
    switch (column.fill()) {
      case Fill.Identity(boolean always) -> said.put("identity", always ? "always" : "true");
      case Fill.Generated(SqlText sql) ->
          said.put(
              "generated",
              "{postgres: " + Scalars.of(Objects.requireNonNull(sql.on("postgres"))) + "}");
      case Fill.Existing(String expression) -> {
        Defaults.Written written = Defaults.of(expression, column.type());
        if (written == null) return expression;
        said.put(written.key(), written.value());
      }
      case Fill.Nothing _,
          Fill.Literal _,
          Fill.Now _,
          Fill.RandomUuid _,
          Fill.OrderedUuid _,
          Fill.AuthUid _,
          Fill.Computed _ -> {}
    }
    return null;
  }

  /// A type alone, or a mapping.
  private static String shortest(Map<String, String> said) {
    String type = said.get("type");
    boolean isNullable = "true".equals(said.get("nullable"));
    if (type != null && said.size() == (isNullable ? 2 : 1) && Scalars.isPlain(type))
      return isNullable ? type + "?" : type;
    List<String> parts = new ArrayList<>();
    said.forEach((key, value) -> parts.add(key + ": " + value));
    return "{" + String.join(", ", parts) + "}";
  }

  private void foreignKeys(Table table) {
    List<ForeignKey> keys =
        table.foreignKeys().stream().filter(key -> isToTable(key.target())).toList();
    if (keys.isEmpty()) return;
    out.open("foreign_keys:");
    for (ForeignKey key : keys) out.line("- " + reference(table, key));
    out.close();
  }

  private boolean isToTable(TableName target) {
    Table table = model.table(target);
    return table != null && !table.isView();
  }

  private String reference(Table table, ForeignKey key) {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("name", Scalars.of(key.name()));
    said.put("columns", Scalars.list(key.columns()));
    said.put("references", Scalars.of(key.target().title()));
    said.put("target_columns", Scalars.list(key.targetColumns()));
    action("on_delete", key.onDelete(), said);
    action("on_update", key.onUpdate(), said);
    String forward = free(table.name(), key.forward(), key);
    if (!forward.equals(key.forward())) said.put("as", Scalars.of(forward));
    String backward = free(key.target(), key.backward(), key);
    if (!backward.equals(key.backward())) said.put("inverse", Scalars.of(backward));
    List<String> parts = new ArrayList<>();
    said.forEach((name, value) -> parts.add(name + ": " + value));
    return "{" + String.join(", ", parts) + "}";
  }

  private static void action(String name, OnChange action, Map<String, String> said) {
    if (action != OnChange.NO_ACTION)
      said.put(name, action.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  /// The name, or one made of the key's when another relation or a column has it.
  private String free(TableName table, String name, ForeignKey key) {
    Set<String> names = taken.computeIfAbsent(table, _ -> new HashSet<>());
    String free = name;
    for (int i = 1; !names.add(free); i++)
      free = name + "_by_" + String.join("_", key.columns()) + (i == 1 ? "" : i);
    return free;
  }

  private void view(Table view) {
    String query = queries.get(view.name());
    out.open(Scalars.of(view.name().title()) + ":");
    comment(view);
    out.line("sql: {postgres: " + Scalars.of(query == null ? "" : statement(query)) + "}");
    out.open("columns:");
    for (Column column : view.columns()) {
      if (column.fill() instanceof Fill.Computed) continue;
      Map<String, String> said = type(column.type());
      if (said.isEmpty()) {
        out.line("# " + oneLine(column.name() + ": a model has no type " + column.type()));
        continue;
      }
      if (column.nullable()) said.put("nullable", "true");
      if (column.comment() != null) said.put("comment", Scalars.of(column.comment()));
      out.line(Scalars.of(column.name()) + ": " + shortest(said));
    }
    out.close();
    if (!view.primaryKey().isEmpty()) out.line("primary_key: " + Scalars.list(view.primaryKey()));
    out.close();
  }

  /// As a statement goes into another.
  private static String statement(String query) {
    String bare = query.strip();
    return bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private void functions() {
    if (model.functions().isEmpty()) return;
    out.line("# The database's functions are not written:");
    for (Function function : model.functions())
      out.line("# - " + oneLine("" + function.signature()));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
