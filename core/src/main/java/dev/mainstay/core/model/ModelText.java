package dev.mainstay.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
    for (Role role : model.roles())
      text.line("role", role.name(), role.bypassesPolicies() ? "bypassing" : "bound");
    for (ColumnType.Enumerated type : model.enums()) text.line("enum", type.name(), type.labels());
    for (Table table : model.tables()) text.table(table);
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
    for (Policy policy : table.policies())
      line(" policy", policy.action().name(), policy.roles(), policy.condition().text());
    for (Table.Seed seed : table.seeds()) line(" seed", seed.file());
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
      case ColumnType.Native(String name) -> List.of("native", name);
      case ColumnType.Enumerated(String name, var _) -> List.of("enum", name);
      case ColumnType.ArrayOf(ColumnType.Enumerated(String name, var _)) ->
          List.of("array of enum", name);
      case ColumnType.ArrayOf(ColumnType.Native(String name)) -> List.of("array of native", name);
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
