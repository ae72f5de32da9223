package dev.mainstay.api.openapi;

import dev.mainstay.core.plan.Visible;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The parameters of [OpenApi]: those that all tables share, and a filter for each column.
final class Parameters {
  private static final String PLACE = "#/components/parameters/";

  static final List<String> READ =
      List.of("select", "or", "and", "order", "limit", "offset", "range", "prefer.read");

  private Parameters() {}

  static String filter(Visible.Table table, Visible.Column column) {
    return Names.component(table.name()) + ".filter." + Names.component(column.name());
  }

  /// Refers to a shared parameter by its key.
  static void use(ArrayNode parameters, String key) {
    parameters.addObject().put("$ref", PLACE + key);
  }

  static void filters(ArrayNode parameters, Visible.Table table) {
    for (Visible.Column column : table.columns())
      if (Names.isFilter(column.name())) use(parameters, filter(table, column));
  }

  static void write(ObjectNode parameters, Surface surface, String schema, Visible visible) {
    query(
        parameters,
        "select",
        "What to answer of each row: columns, renamed (`name:column`), cast (`column::text`), parts"
            + " of JSON (`column->key`), and rows of other tables (`table(column)`).",
        "*");
    query(parameters, "or", "Rows of which one condition holds: `(a.eq.1,b.is.null)`.", null);
    query(parameters, "and", "Rows of which all conditions hold: `(a.gt.1,a.lt.9)`.", null);
    query(
        parameters,
        "order",
        "By which columns: `column`, `column.desc`, `column.asc.nullsfirst`, with `,` between.",
        null);
    number(query(parameters, "limit", "How many rows at most.", "20"));
    number(query(parameters, "offset", "How many rows to skip.", null));
    query(
        parameters,
        "columns",
        "Which keys of the body to use, with `,` between; those it lacks get null, or what `Prefer:"
            + " missing=…` says.",
        null);
    header(parameters, "range", "Range", "Rows by number from 0, first and last: `0-24`.", null);
    prefer(
        parameters,
        "prefer.read",
        "`count=exact` counts all rows that match, in `Content-Range`.",
        null);
    prefer(
        parameters,
        "prefer.insert",
        "`return=representation` answers the rows, `return=headers-only` where the row is;"
            + " `missing=default` gives keys that the body lacks the column's default.",
        "return=representation");
    prefer(
        parameters,
        "prefer.write",
        "`return=representation` answers the rows; `handling=strict, max-affected=1` refuses to touch"
            + " more rows.",
        "return=representation");
    if (surface.schemas().size() > 1) {
      profile(parameters, "accept-profile", "Accept-Profile", surface, schema);
      profile(parameters, "content-profile", "Content-Profile", surface, schema);
    }
    for (Visible.Table table : visible.tables())
      for (Visible.Column column : table.columns())
        if (Names.isFilter(column.name()))
          query(parameters, filter(table, column), Names.field(column.name()), text(column), null);
  }

  private static String text(Visible.Column column) {
    String comment = column.comment() == null ? "" : column.comment() + "\n\n";
    List<String> operators = Filters.operators(column.type());
    return comment
        + "`eq."
        + Samples.operand(column.type())
        + "`, with one of "
        + String.join(", ", operators)
        + "; `not.` before it denies it.";
  }

  private static ObjectNode query(
      ObjectNode parameters, String key, String description, @Nullable String example) {
    return query(parameters, key, key, description, example);
  }

  private static ObjectNode query(
      ObjectNode parameters,
      String key,
      String name,
      String description,
      @Nullable String example) {
    ObjectNode parameter = parameters.putObject(key);
    parameter.put("name", name).put("in", "query").put("description", description);
    parameter.putObject("schema").put("type", "string");
    if (example != null) parameter.put("example", example);
    return parameter;
  }

  private static void number(ObjectNode parameter) {
    parameter.putObject("schema").put("type", "integer").put("minimum", 0);
    if (parameter.has("example"))
      parameter.put("example", Integer.parseInt(parameter.get("example").asString()));
  }

  private static void prefer(
      ObjectNode parameters, String key, String description, @Nullable String example) {
    header(parameters, key, "Prefer", "With `,` between: " + description, example);
  }

  private static ObjectNode header(
      ObjectNode parameters,
      String key,
      String name,
      String description,
      @Nullable String example) {
    ObjectNode parameter = query(parameters, key, name, description, example);
    return parameter.put("in", "header");
  }

  /// Without it a request is for the first schema, so that another one must be named.
  private static void profile(
      ObjectNode parameters, String key, String name, Surface surface, String schema) {
    boolean isFirst = schema.equals(surface.schemas().getFirst());
    ObjectNode parameter = header(parameters, key, name, "The schema.", isFirst ? null : schema);
    parameter.put("required", !isFirst);
    ((ObjectNode) parameter.get("schema")).putArray("enum").add(schema);
  }
}
