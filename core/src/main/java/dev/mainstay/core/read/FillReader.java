package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a column's default, once its type is known.
///
/// Text that looks like a call is one: `now()`, `uuid()`, `uuid7()`, and `auth.uid`. Any other
/// value is a literal, and must be a value of the column's type. `{literal: "now()"}` is the text.
final class FillReader {
  static final Map<String, Fill> FUNCTIONS =
      Map.of(
          "now()", new Fill.Now(),
          "uuid()", new Fill.RandomUuid(),
          "uuid7()", new Fill.OrderedUuid(),
          "auth.uid", new Fill.AuthUid());

  private static final Pattern CALL = Pattern.compile("[A-Za-z_][\\w.]*\\(.*\\)|auth\\.\\w+");

  /// What other systems call our functions.
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "gen_random_uuid()", "uuid()",
          "uuid_generate_v4()", "uuid()",
          "uuidv7()", "uuid7()",
          "auth.uid()", "auth.uid",
          "current_timestamp()", "now()");

  private final Scope scope;

  FillReader(Scope scope) {
    this.scope = scope;
  }

  Fill read(Yaml yaml, ColumnType type) {
    Yaml asText = literalOnly(yaml);
    if (asText != null) return literal(asText, type);
    if (yaml instanceof Yaml.Scalar scalar && CALL.matcher(scalar.text().strip()).matches())
      return function(scalar, type);
    return literal(yaml, type);
  }

  private static @Nullable Yaml literalOnly(Yaml yaml) {
    boolean single = yaml instanceof Yaml.Mapping mapping && mapping.entries().size() == 1;
    return single ? ((Yaml.Mapping) yaml).value("literal") : null;
  }

  private Fill function(Yaml.Scalar scalar, ColumnType type) {
    String text = scalar.text().strip();
    Fill fill = FUNCTIONS.get(text);
    if (fill == null) {
      String ours = ELSEWHERE.get(text);
      List<String> known = FUNCTIONS.keySet().stream().sorted().toList();
      String hint = ours == null ? Faults.suggestion(text, known) : "here it is " + ours + ".";
      scope.faults.add(
          scalar.position(),
          "unknown function '" + text + "'",
          hint + " As text: {literal: \"" + text + "\"}");
      return new Fill.Nothing();
    }
    if (fits(fill, type)) return fill;
    scope.faults.add(scalar.position(), text + " makes no value of type " + type);
    return new Fill.Nothing();
  }

  private static boolean fits(Fill fill, ColumnType type) {
    if (type instanceof ColumnType.Native) return true;
    return switch (fill) {
      case Fill.Now _ ->
          type instanceof ColumnType.TimestampTz
              || type instanceof ColumnType.Timestamp
              || type instanceof ColumnType.Date
              || type instanceof ColumnType.Time;
      case Fill.AuthUid _ ->
          type instanceof ColumnType.Uuid
              || type instanceof ColumnType.Text
              || type instanceof ColumnType.Varchar;
      default -> type instanceof ColumnType.Uuid;
    };
  }

  private Fill literal(Yaml yaml, ColumnType type) {
    String text = text(yaml, type);
    if (text == null) {
      scope.faults.add(
          yaml.position(), "the default must be a value of type " + type + ", not " + yaml.kind());
      return new Fill.Nothing();
    }
    String complaint = Literals.complaint(type, text);
    if (complaint == null) return new Fill.Literal(text);
    scope.faults.add(yaml.position(), complaint, hint(type));
    return new Fill.Nothing();
  }

  private static @Nullable String hint(ColumnType type) {
    return switch (type) {
      case ColumnType.Enumerated enumerated ->
          "the labels are " + String.join(", ", enumerated.labels());
      case ColumnType.Json _ -> "write JSON: a mapping, a list, a number, or text as '\"…\"'";
      case ColumnType.Bool _ -> "write true or false";
      default -> null;
    };
  }

  /// The value in the text form of its type, or null when it has none.
  private static @Nullable String text(Yaml yaml, ColumnType type) {
    return switch (yaml) {
      case Yaml.Scalar scalar -> scalar.text();
      case Yaml.Sequence sequence when type instanceof ColumnType.ArrayOf -> array(sequence);
      case Yaml.Sequence sequence when type instanceof ColumnType.Json -> JsonOfYaml.json(sequence);
      case Yaml.Mapping mapping when type instanceof ColumnType.Json -> JsonOfYaml.json(mapping);
      case Yaml.Sequence _, Yaml.Mapping _ -> null;
    };
  }

  /// PostgreSQL's text form of an array, `{"a",NULL}`.
  private static @Nullable String array(Yaml.Sequence sequence) {
    var elements = new ArrayList<String>();
    for (Yaml item : sequence.items()) {
      if (!(item instanceof Yaml.Scalar scalar)) return null;
      elements.add(
          scalar.isNull()
              ? "NULL"
              : '"' + scalar.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }
    return "{" + String.join(",", elements) + "}";
  }
}
