package dev.mainstay.core.generate;

import static dev.mainstay.core.generate.JavaNames.literal;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The record of a table's or view's rows: with a constant for each column, of which conditions are
/// made, and the values that can be written.
final class JavaRow {
  /// What a record's component cannot be called, and what would be something else as a setter.
  static final Set<String> KEPT =
      Set.of(
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "put",
          "toString",
          "wait");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Visible.Table table;
  private final String type;
  private final String runtime;
  private final JavaTypes types;
  private final JavaSource out;
  private final List<String> members = new ArrayList<>();

  /// @param runtime the package of what is the same for every model
  JavaRow(Visible.Table table, String type, String runtime, JavaTypes types, JavaSource out) {
    this.table = table;
    this.type = type;
    this.runtime = runtime;
    this.types = types;
    this.out = out;
    JavaNames names = new JavaNames(KEPT);
    for (Visible.Column column : table.columns()) members.add(names.member(column.name()));
  }

  /// Whether the caller may write any of the rows.
  static boolean isWritten(Visible.Table table) {
    return table.may(Action.INSERT) || table.may(Action.UPDATE) || table.may(Action.DELETE);
  }

  void write() {
    String column = out.use(runtime + ".Column");
    if (table.comment() == null) out.comment("A row of " + table.name() + ".", params());
    else out.comment(table.comment(), params());
    components(out, type, table.columns(), members, types);
    JavaNames constants = new JavaNames(Set.of("SELECT"));
    for (Visible.Column each : table.columns())
      out.lines.line(
          "public static final %1$s<%2$s, %3$s> %4$s = new %1$s<>(%5$s);"
              .formatted(
                  column,
                  type,
                  types.of(each.type(), true, out),
                  constants.constant(each.name()),
                  literal(each.name())));
    out.lines.line("").line("/** All the columns, as a query names them. */");
    out.lines.line("public static final String SELECT = " + literal(select()) + ";");
    if (isWritten(table)) values();
    out.lines.close("}");
  }

  private List<String> params() {
    List<String> params = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Visible.Column column = table.columns().get(i);
      String comment = column.comment();
      String words = comment == null ? "" : String.join(" ", comment.strip().lines().toList());
      String said =
          (JavaSource.escaped(words) + (column.nullable() ? " Perhaps null." : "")).strip();
      if (!said.isEmpty()) params.add("@param " + members.get(i) + " " + said);
    }
    if (!params.isEmpty()) params.addFirst("");
    return params;
  }

  private String select() {
    List<String> names = new ArrayList<>();
    for (Visible.Column column : table.columns())
      names.add(
          PLAIN.matcher(column.name()).matches()
              ? column.name()
              : "\"" + column.name().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    return String.join(",", names);
  }

  /// The head of a record, up to its opening brace.
  static void components(
      JavaSource out,
      String type,
      List<Visible.Column> columns,
      List<String> members,
      JavaTypes types) {
    requireFew(type, columns);
    String property = out.use("com.fasterxml.jackson.annotation.JsonProperty");
    out.lines.open("public record " + type + "(" + (members.isEmpty() ? ") {" : ""));
    out.lines.open();
    for (int i = 0; i < members.size(); i++) {
      Visible.Column column = columns.get(i);
      out.lines.line(
          "@%s(%s) %s %s%s"
              .formatted(
                  property,
                  literal(column.name()),
                  types.of(column.type(), column.nullable(), out),
                  members.get(i),
                  i < members.size() - 1 ? "," : ") {"));
    }
    out.lines.close();
  }

  /// A method, and so a constructor, takes 255 words, one of them for itself.
  private static void requireFew(String type, List<Visible.Column> columns) {
    int words = 0;
    for (Visible.Column column : columns) {
      boolean isWide =
          !column.nullable()
              && (column.type() instanceof ColumnType.Whole(int bits) && bits == 64
                  || column.type() instanceof ColumnType.Floating(int size) && size == 64);
      words += isWide ? 2 : 1;
    }
    if (words > 254)
      throw new InexpressibleException(
          "No record of Java holds the " + columns.size() + " columns of " + type);
  }

  private void values() {
    out.lines.line("").line("/** Values for a row, or for a change of rows. */");
    out.lines.open("public static final class Values extends " + runtime + ".Values {");
    for (int i = 0; i < members.size(); i++) {
      Visible.Column column = table.columns().get(i);
      if (!column.writable()) continue;
      String member = members.get(i);
      out.lines
          .open(
              "public Values %1$s(%2$s %1$s) {"
                  .formatted(member, types.of(column.type(), column.nullable(), out)))
          .line("put(%s, %s);".formatted(literal(column.name()), member))
          .line("return this;")
          .close("}")
          .line("");
    }
    out.lines.close("}");
  }
}
