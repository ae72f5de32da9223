package dev.mainstay.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The canonical text of a [Model]: everything that makes one model differ from another, and
/// nothing else (no positions, no comments of the file, no ways of writing the same thing). One
/// fact a line, in the order of the model.
///
/// A database keeps the model file as it was written, to be read back with `core.read.ModelReader`,
/// and the checksum of this text, to tell at once whether it is still the same model.
public final class ModelText {
  private final StringBuilder out = new StringBuilder();

  private ModelText() {}

  public static String canonical(Model model) {
    var text = new ModelText();
    if (model.guarding() == Guarding.DATABASE) text.line("guarded by the database");
    for (Role role : model.roles())
      text.line("role", role.name(), role.bypassesPolicies() ? "bypassing" : "bound");
    for (ColumnType.Enumerated type : model.enums())
      text.line("enum", type.toString(), type.labels());
    for (Table table : model.tables()) text.table(table);
    for (Function function : model.functions()) text.function(function);
    return text.out.toString();
  }

  /// What a function says.
  static String of(Function function) {
    var text = new ModelText();
    text.function(function);
    return text.out.toString();
  }

  /// SHA-256 of the canonical text, in hexadecimal.
  public static String checksum(Model model) {
    try {
      byte[] text = canonical(model).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void table(Table table) {
    switch (table.origin()) {
      case Table.Origin.Stored _ -> line("table", table.name().schema(), table.name().name());
      case Table.Origin.View(SqlText query) ->
          line("view", table.name().schema(), table.name().name(), sql(query));
      case Table.Origin.Existing(Table.Origin.Kind kind, Set<Policy.Action> writes) ->
          line(
              "existing",
              kind.name(),
              table.name().schema(),
              table.name().name(),
              writes.stream().map(Enum::name).sorted().toList());
    }
    if (table.comment() != null) line(" comment", table.comment());
    for (Column column : table.columns()) column(column);
    line(" primary key", table.primaryKey());
    for (Table.Unique unique : table.uniques()) line(" unique", unique.name(), unique.columns());
    for (ForeignKey key : table.foreignKeys())
      line(
          " foreign key",
          key.name(),
          key.columns(),
          List.of(key.target().schema(), key.target().name()),
          key.targetColumns(),
          key.onDelete().name(),
          key.onUpdate().name(),
          key.forward(),
          key.backward());
    for (Table.Check check : table.checks()) line(" check", check.name(), check.condition().text());
    for (Index index : table.indexes())
      line(
          " index",
          index.name(),
          index.unique() ? "unique" : "plain",
          index.parts().stream().map(Index.Part::column).toList(),
          index.parts().stream().map(part -> part.descending() ? "desc" : "asc").toList(),
          index.where() == null ? List.of() : List.of(index.where().text()));
    for (Table.Search search : table.searches())
      line(" search", search.name(), search.columns(), search.language());
    for (Policy policy : table.policies())
      line(" policy", policy.action().name(), policy.roles(), policy.condition().text());
    for (Table.Seed seed : table.seeds()) line(" seed", seed.file());
  }

  private void function(Function function) {
    line(
        "function",
        function.name().schema(),
        function.name().name(),
        function.writes() ? "writes" : "reads",
        function.callers(),
        comment(function.comment()));
    for (Function.Argument argument : function.arguments())
      line(
          " argument",
          argument.name(),
          type(argument.type()),
          argument.taking().name(),
          switch (argument.otherwise()) {
            case Function.Default.Nothing _ -> List.of("required");
            case Function.Default.Null _ -> List.of("null");
            case Function.Default.Literal(String text) -> List.of("literal", text);
            case Function.Default.Existing _ -> List.of("existing");
          },
          comment(argument.comment()));
    switch (function.result()) {
      case Function.Result.Nothing _ -> line(" returns nothing");
      case Function.Result.Scalar(ColumnType type, Function.Amount amount) ->
          line(" returns scalar", amount.name(), type(type));
      case Function.Result.Rows(Function.RowType.Of(TableName table), Function.Amount amount) ->
          line(" returns rows of", amount.name(), table.schema(), table.name());
      case Function.Result.Rows(
              Function.RowType.Own(List<Column> columns),
              Function.Amount amount) -> {
        line(" returns rows", amount.name());
        for (Column column : columns) line("  column", column.name(), type(column.type()));
      }
    }
    switch (function.body()) {
      case Function.Body.Declared(Script script) -> {
        if (script.everywhere() != null) line(" sql", script.everywhere());
        new TreeMap<>(script.perEngine())
            .forEach((engine, statements) -> line(" sql for", engine, statements));
      }
      case Function.Body.Existing(boolean isOpen, Function.Way way) -> {
        line(" existing", isOpen ? "open" : "");
        if (way != null) line(" way", way.from().toString(), way.toOne() ? "to one" : "to many");
      }
    }
  }

  private void column(Column column) {
    line(
        " column",
        column.name(),
        type(column.type()),
        column.nullable() ? "nullable" : "not null",
        fill(column.fill()),
        column.hiddenFrom(),
        column.readOnlyFor(),
        comment(column.comment()));
  }

  private static List<String> comment(@Nullable String comment) {
    return comment == null ? List.of() : List.of(comment);
  }

  private static List<String> type(ColumnType type) {
    return switch (type) {
      case ColumnType.Native(String name, boolean _) -> List.of("native", name);
      case ColumnType.Enumerated _ -> List.of("enum", type.toString());
      case ColumnType.ArrayOf(ColumnType.Enumerated element) ->
          List.of("array of enum", element.toString());
      case ColumnType.ArrayOf(ColumnType.Native(String name, boolean _)) ->
          List.of("array of native", name);
      default -> List.of(type.toString());
    };
  }

  private static List<String> fill(Fill fill) {
    return switch (fill) {
      case Fill.Nothing _ -> List.of();
      case Fill.Literal(String text) -> List.of("literal", text);
      case Fill.Now _ -> List.of("now");
      case Fill.RandomUuid _ -> List.of("uuid");
      case Fill.OrderedUuid _ -> List.of("uuid7");
      case Fill.AuthUid _ -> List.of("auth.uid");
      case Fill.Identity(boolean always) -> List.of("identity", always ? "always" : "by default");
      case Fill.Generated(SqlText sql) -> List.of("generated", sql(sql));
      case Fill.Existing(String expression) -> List.of("existing", expression);
      case Fill.Computed(TableName function) -> List.of("computed", function.toString());
    };
  }

  /// In the order of the engines' names: `SqlText` keeps none.
  private static String sql(SqlText sql) {
    if (sql.everywhere() != null && sql.perEngine().isEmpty()) return sql.everywhere();
    Map<String, String> sorted = new TreeMap<>(sql.perEngine());
    if (sql.everywhere() != null) sorted.put("", sql.everywhere());
    var text = new ModelText();
    sorted.forEach((engine, of) -> text.line(engine, of));
    return text.out.toString();
  }

  /// A word, then text and lists of text, all in quotes, so that no two facts read alike.
  private void line(String what, Object... parts) {
    out.append(what);
    for (Object part : parts) {
      out.append(' ');
      if (part instanceof List<?> list) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) quote((i == 0 ? "" : ", "), (String) list.get(i));
        out.append(']');
      } else {
        quote("", (String) part);
      }
    }
    out.append('\n');
  }

  private void quote(String before, String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    out.append(before).append('"').append(escaped).append('"');
  }
}
