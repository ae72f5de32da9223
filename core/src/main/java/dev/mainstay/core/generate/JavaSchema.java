package dev.mainstay.core.generate;

import static dev.mainstay.core.generate.JavaNames.literal;

import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of one schema: a package with `Backend`, by which its tables and functions are
/// reached, and a type for the rows of each.
final class JavaSchema {
  /// What the files name besides.
  static final Set<String> KEPT =
      Stream.of(
              "Arguments",
              "Backend",
              "BigDecimal",
              "Boolean",
              "Column",
              "Condition",
              "Connection",
              "Double",
              "Enum",
              "Float",
              "Integer",
              "JsonNode",
              "JsonProperty",
              "JsonValue",
              "List",
              "LocalDate",
              "LocalDateTime",
              "LocalTime",
              "Long",
              "Object",
              "OffsetDateTime",
              "Order",
              "Override",
              "Query",
              "Record",
              "RestException",
              "String",
              "Table",
              "TypeReference",
              "URI",
              "UUID",
              "Values",
              "View",
              "Void")
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private final Api.Schema schema;
  private final String ownPackage;
  private final String runtime;
  private final JavaNames typeNames;
  private final JavaTypes types;
  private final SequencedMap<String, String> files;

  /// @param ownPackage the package the files are of
  /// @param runtime that of what is the same for every model
  /// @param typeNames those that the package has already
  /// @param files where they go, by path
  JavaSchema(
      Api.Schema schema,
      String ownPackage,
      String runtime,
      JavaNames typeNames,
      JavaTypes types,
      SequencedMap<String, String> files) {
    this.schema = schema;
    this.ownPackage = ownPackage;
    this.runtime = runtime;
    this.typeNames = typeNames;
    this.types = types;
    this.files = files;
  }

  /// @param others the packages of other schemas, by schema, which are reached from here
  void write(SequencedMap<String, String> others) {
    Map<String, String> rows = new HashMap<>();
    for (Visible.Table table : schema.visible().tables())
      rows.put(table.name(), typeNames.type(table.name()));
    for (Visible.Table table : schema.visible().tables()) {
      JavaSource out = new JavaSource(ownPackage);
      String type = Objects.requireNonNull(rows.get(table.name()));
      new JavaRow(table, type, runtime, types, out).write();
      put(type, out);
    }
    backend(rows, others);
  }

  private void put(String type, JavaSource out) {
    files.put((ownPackage + "." + type).replace('.', '/') + ".java", out.toString());
  }

  private void backend(Map<String, String> rows, SequencedMap<String, String> others) {
    JavaSource out = new JavaSource(ownPackage);
    out.use(runtime + ".Connection");
    out.use("java.net.URI");
    out.comment("The schema " + schema.name() + ": its tables, views and functions.");
    out.lines
        .open("public final class Backend {")
        .line("private final Connection connection;")
        .line("")
        .open("public Backend(Connection connection) {")
        .line("this.connection = connection.in(" + literal(schema.name()) + ");")
        .close("}")
        .line("");
    out.comment(
        null,
        List.of(
            "@param address of the REST API, such as {@code http://127.0.0.1:8787/rest/v1}",
            "@param key the application's, as {@code mainstay keys show} prints it"));
    out.lines
        .open("public static Backend at(URI address, String key) {")
        .line("return new Backend(Connection.to(address, key));")
        .close("}")
        .line("");
    out.comment("The same for somebody who has signed in.");
    out.lines
        .open("public Backend as(String token) {")
        .line("return new Backend(connection.as(token));")
        .close("}")
        .line("");
    JavaNames methods =
        new JavaNames(
            Set.of(
                "as",
                "at",
                "clone",
                "equals",
                "finalize",
                "getClass",
                "hashCode",
                "notify",
                "notifyAll",
                "toString",
                "wait"));
    for (Visible.Table table : schema.visible().tables())
      accessor(
          table, Objects.requireNonNull(rows.get(table.name())), methods.member(table.name()), out);
    others.forEach(
        (name, other) ->
            out.lines
                .line("/** The schema " + JavaSource.escaped(name) + ". */")
                .open("public " + other + ".Backend " + methods.member(name) + "() {")
                .line("return new " + other + ".Backend(connection);")
                .close("}")
                .line(""));
    if (!schema.visible().functions().isEmpty()) out.use(runtime + ".Arguments");
    JavaFunctions functions = new JavaFunctions(types, rows, methods, out);
    for (Visible.Function function : schema.visible().functions())
      functions.write(function, ownRows(function));
    out.lines.close("}");
    put("Backend", out);
  }

  private void accessor(Visible.Table table, String row, String name, JavaSource out) {
    boolean isWritten = JavaRow.isWritten(table);
    String kind = out.use(runtime + (isWritten ? ".Table" : ".View"));
    String arguments = row + (isWritten ? ", " + row + ".Values" : "");
    out.comment(table.comment());
    out.lines
        .open("public %s<%s> %s() {".formatted(kind, arguments, name))
        .line(
            "return new %1$s<>(connection, %2$s, %3$s.class, %3$s.SELECT);"
                .formatted(kind, literal(table.name()), row))
        .close("}")
        .line("");
  }

  /// The type of the rows of a function's own, which is written; null where it answers none.
  private @Nullable String ownRows(Visible.Function function) {
    if (!(function.answer() instanceof Visible.Answer.Rows(List<Visible.Column> columns, var _))
        || columns.isEmpty()) return null;
    String type = typeNames.type(function.name() + "_row");
    JavaSource out = new JavaSource(ownPackage);
    JavaNames names = new JavaNames(JavaRow.KEPT);
    List<String> members = new ArrayList<>();
    for (Visible.Column column : columns) members.add(names.member(column.name()));
    out.comment("A row that the function " + function.name() + " answers. Each may be null.");
    JavaRow.components(out, type, columns, members, types);
    out.lines.close("}");
    put(type, out);
    return type;
  }
}
