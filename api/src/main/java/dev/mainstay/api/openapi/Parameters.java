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
      List.of("select", "or", "and", "order", "limit", "offset", "range");

  /// The shared parameter of writes that are to be done once.
  private static final String ONCE = "idempotency-key";

  private Parameters() {}

  static String filter(Visible.Table table, String name) {
    return Names.component(table.name()) + ".filter." + Names.component(name);
  }

  /// Refers to a shared parameter by its key.
  static void use(ArrayNode parameters, String key) {
    parameters.addObject().put("$ref", PLACE + key);
  }

  /// What any write may come with.
  static void once(ArrayNode parameters, Surface surface) {
    if (surface.has(Surface.Extra.IDEMPOTENCY)) use(parameters, ONCE);
  }

  static void filters(ArrayNode parameters, Visible.Table table) {
    for (Visible.Column column : table.columns())
      if (Names.isFilter(column.name())) use(parameters, filter(table, column.name()));
    for (Visible.Document document : table.documents())
      if (Names.isFilter(document.name())) use(parameters, filter(table, document.name()));
  }

  /// A column of the key, which says which row is meant.
  static void key(ArrayNode parameters, Visible.Column column) {
    ObjectNode parameter = parameters.addObject().put("name", Names.field(column.name()));
    parameter.put("in", "query").put("required", true);
    parameter.put("description", "The key: `eq.` and what the body says.");
    parameter.putObject("schema").put("type", "string");
    parameter.put("example", "eq." + Samples.operand(column.type()));
  }

  static void write(ObjectNode parameters, Surface surface, String schema, Visible visible) {
    query(
        parameters,
        "select",
        "What to answer of each row: columns, renamed (`name:column`), cast (`column::text`), parts"
            + " of JSON (`column->key`), and rows of other tables (`table(column)`)."
            + (surface.has(Surface.Extra.AGGREGATES)
                ? " Also `count()`, `column.sum()`, `avg()`, `max()` and `min()`, by the columns"
                    + " beside them."
                : ""),
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
    query(
        parameters,
        "on_conflict",
        "Which unique columns tell whether a row is there already, with `,` between; else the"
            + " primary key. For `Prefer: resolution=…`.",
        null);
    header(parameters, "range", "Range", "Rows by number from 0, first and last: `0-24`.", null);
    header(parameters, "if-none-match", "If-None-Match", "The `ETag` of an answer one has.", null);
    if (surface.has(Surface.Extra.IDEMPOTENCY))
      header(
          parameters,
          ONCE,
          "Idempotency-Key",
          "A name of this write, such as a UUID. With the same one it is done once, and answered"
              + " alike, however often it is tried.",
          null);
    for (Prefer prefer : Prefer.values())
      header(
          parameters,
          prefer.key(),
          "Prefer",
          prefer.description(surface),
          prefer.returns() ? "return=representation" : null);
    if (surface.schemas().size() > 1) {
      profile(parameters, "accept-profile", "Accept-Profile", surface, schema);
      profile(parameters, "content-profile", "Content-Profile", surface, schema);
    }
    for (Visible.Table table : visible.tables())
      for (Visible.Column column : table.columns())
        if (Names.isFilter(column.name()))
          query(
              parameters,
              filter(table, column.name()),
              Names.field(column.name()),
              text(column),
              null);
    for (Visible.Table table : visible.tables())
      for (Visible.Document document : table.documents())
        if (Names.isFilter(document.name()))
          query(
              parameters,
              filter(table, document.name()),
              Names.field(document.name()),
              text(document),
              null);
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

  private static String text(Visible.Document document) {
    String language = document.language().equals("simple") ? "" : ", in " + document.language();
    return "Full-text search of "
        + String.join(", ", document.columns())
        + language
        + ".\n\n`wfts.text`, with one of "
        + String.join(", ", Filters.SEARCHES)
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
