package dev.mainstay.core.generate;

import static dev.mainstay.core.generate.JavaNames.literal;

import dev.mainstay.core.model.ColumnType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// A small client in Java 17 for an [Api], on the JDK's HTTP client and Jackson 3: records for
/// rows, enums, and methods for tables and functions.
///
/// The default schema is the package itself, every other a package within, and what is the same for
/// every model the package `rest`.
public final class JavaClient {
  private static final List<String> REST =
      List.of(
          "Arguments",
          "Column",
          "Condition",
          "Connection",
          "Json",
          "Literal",
          "Order",
          "Query",
          "Request",
          "RestException",
          "Table",
          "Values",
          "View");

  private final Api api;
  private final String root;
  private final SequencedMap<String, String> files = new LinkedHashMap<>();

  private JavaClient(Api api, String root) {
    this.api = api;
    this.root = root;
  }

  /// @param root the package
  /// @throws InexpressibleException when a table has too many columns
  /// @return the files, by path
  public static SequencedMap<String, String> of(Api api, String root) {
    var client = new JavaClient(api, root);
    client.write();
    return client.files;
  }

  /// Whether a file was made here, by how it begins.
  public static boolean made(String text) {
    return text.startsWith(JavaSource.MARK);
  }

  private void write() {
    JavaNames typeNames = new JavaNames(JavaSchema.KEPT);
    Map<String, String> enums = new HashMap<>();
    for (ColumnType.Enumerated type : api.enums()) {
      String name = typeNames.type(type.name());
      enums.put(type.name(), root + "." + name);
      write(type, name);
    }
    Set<String> everywhere = typeNames.all();
    JavaTypes types = new JavaTypes(enums);
    String runtime = root + ".rest";
    SequencedMap<String, String> others = new LinkedHashMap<>();
    Set<String> folders = new HashSet<>(Set.of("rest"));
    for (Api.Schema schema : api.schemas())
      if (!schema.name().equals(api.defaultSchema())) {
        String folder = JavaNames.folder(schema.name());
        while (!folders.add(folder)) folder += "_";
        others.put(schema.name(), root + "." + folder);
      }
    for (Api.Schema schema : api.schemas()) {
      String other = others.get(schema.name());
      if (other == null)
        new JavaSchema(schema, root, runtime, typeNames, types, files).write(others);
      else
        new JavaSchema(schema, other, runtime, new JavaNames(everywhere), types, files)
            .write(new LinkedHashMap<>());
    }
    for (String name : REST)
      files.put(
          (runtime + "." + name).replace('.', '/') + ".java",
          JavaSource.MARK
              + "\n"
              + Template.text("rest/" + name + ".java").replace("PACKAGE", root));
  }

  private void write(ColumnType.Enumerated type, String name) {
    JavaSource out = new JavaSource(root);
    JavaNames constants = new JavaNames(Set.of());
    String value = out.use("com.fasterxml.jackson.annotation.JsonValue");
    out.comment("One of the labels of " + type.name() + ", in their order.");
    out.lines.open("public enum " + name + " {");
    for (int i = 0; i < type.labels().size(); i++) {
      String label = type.labels().get(i);
      out.lines.line(
          constants.constant(label)
              + "("
              + literal(label)
              + ")"
              + (i < type.labels().size() - 1 ? "," : ";"));
    }
    out.lines
        .line("")
        .line("private final String label;")
        .line("")
        .open(name + "(String label) {")
        .line("this.label = label;")
        .close("}")
        .line("")
        .line("/** As it is stored. */")
        .line("@" + value)
        .line("@Override")
        .open("public String toString() {")
        .line("return label;")
        .close("}")
        .close("}");
    files.put((root + "." + name).replace('.', '/') + ".java", out.toString());
  }
}
