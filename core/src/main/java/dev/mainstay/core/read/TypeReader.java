package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a column's type as written: `varchar(160)`, `text[]`, `mood`, `decimal(10,2)?`. A `?` at
/// the end says that the column may be null.
final class TypeReader {
  /// PostgreSQL's own limits.
  private static final int LONGEST_VARCHAR = 10_485_760;

  private static final int MOST_DIGITS = 1000;

  static final Map<String, ColumnType> PLAIN =
      Map.ofEntries(
          Map.entry("boolean", new ColumnType.Bool()),
          Map.entry("smallint", new ColumnType.Whole(16)),
          Map.entry("integer", new ColumnType.Whole(32)),
          Map.entry("bigint", new ColumnType.Whole(64)),
          Map.entry("real", new ColumnType.Floating(32)),
          Map.entry("double", new ColumnType.Floating(64)),
          Map.entry("text", new ColumnType.Text()),
          Map.entry("uuid", new ColumnType.Uuid()),
          Map.entry("date", new ColumnType.Date()),
          Map.entry("time", new ColumnType.Time()),
          Map.entry("timestamp", new ColumnType.Timestamp()),
          Map.entry("timestamptz", new ColumnType.TimestampTz()),
          Map.entry("interval", new ColumnType.Interval()),
          Map.entry("json", new ColumnType.Json()),
          Map.entry("bytea", new ColumnType.Bytea()));

  /// What other systems call our types.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("bool", "boolean"),
          Map.entry("int", "integer"),
          Map.entry("int2", "smallint"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("long", "bigint"),
          Map.entry("float", "double"),
          Map.entry("float4", "real"),
          Map.entry("float8", "double"),
          Map.entry("double precision", "double"),
          Map.entry("numeric", "decimal(precision, scale)"),
          Map.entry("money", "decimal(precision, scale)"),
          Map.entry("string", "text"),
          Map.entry("char", "varchar(length)"),
          Map.entry("character", "varchar(length)"),
          Map.entry("character varying", "varchar(length)"),
          Map.entry("guid", "uuid"),
          Map.entry("datetime", "timestamp"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("jsonb", "json"),
          Map.entry("blob", "bytea"),
          Map.entry("binary", "bytea"),
          Map.entry("bytes", "bytea"),
          Map.entry("serial", "integer, with identity: true"),
          Map.entry("bigserial", "bigint, with identity: true"));

  private static final Pattern SIZED = Pattern.compile("([^()]*)\\(([^()]*)\\)");
  private static final Pattern NATIVE = Pattern.compile("[\\p{L}_][\\p{L}\\d_ .,()\\[\\]\"]*");

  /// @param nullable whether a `?` stood behind it
  record Read(ColumnType type, boolean nullable) {}

  private final Scope scope;

  TypeReader(Scope scope) {
    this.scope = scope;
  }

  /// The type, or null when a fault has been noted.
  @Nullable Read read(Yaml.Scalar scalar) {
    String text = scalar.text().strip();
    boolean nullable = text.endsWith("?");
    if (nullable) text = text.substring(0, text.length() - 1).strip();
    boolean array = text.endsWith("[]");
    if (array) text = text.substring(0, text.length() - 2).strip();
    if (text.endsWith("[]")) {
      scope.faults.add(scalar.position(), "an array holds scalars, not arrays", "use json");
      return null;
    }
    ColumnType type = scalarType(text, scalar.position());
    if (type == null) return null;
    return new Read(array ? new ColumnType.ArrayOf(type) : type, nullable);
  }

  /// Whether a text that may also name a table means a type, if not one that exists.
  boolean looksLikeType(Yaml.Scalar scalar) {
    String text = scalar.text().strip();
    return text.endsWith("?")
        || text.endsWith("[]")
        || text.contains("(")
        || PLAIN.containsKey(text)
        || ELSEWHERE.containsKey(text)
        || scope.enums.containsKey(text)
        || text.equals("varchar")
        || text.equals("decimal");
  }

  /// An engine's own type by name; it goes into SQL as it is, so it must look like one.
  @Nullable ColumnType nativeType(Yaml.Scalar scalar) {
    String name = scalar.text().strip();
    if (NATIVE.matcher(name).matches()) return new ColumnType.Native(name);
    scope.faults.add(scalar.position(), "'" + name + "' is no name of a type");
    return null;
  }

  private @Nullable ColumnType scalarType(String text, Position position) {
    ColumnType plain = PLAIN.get(text);
    if (plain != null) return plain;
    ColumnType enumerated = scope.enums.get(text);
    if (enumerated != null) return enumerated;
    Matcher sized = SIZED.matcher(text);
    if (sized.matches()) {
      String name = sized.group(1).strip();
      List<Integer> sizes = sizes(sized.group(2));
      if (name.equals("varchar")) return varchar(sizes, position);
      if (name.equals("decimal")) return decimal(sizes, position);
      if (PLAIN.containsKey(name)) {
        scope.faults.add(position, "'" + name + "' takes no size", "write " + name);
        return null;
      }
      text = name;
    }
    switch (text) {
      case "varchar" ->
          scope.faults.add(position, "varchar needs a length", "write varchar(200), or text");
      case "decimal" ->
          scope.faults.add(
              position, "decimal needs a precision and a scale", "write decimal(10,2)");
      default -> unknown(text, position);
    }
    return null;
  }

  private void unknown(String text, Position position) {
    if (scope.broken.contains(text)) return;
    String ours = ELSEWHERE.get(text);
    if (ours != null) {
      scope.faults.add(position, "unknown type '" + text + "'", "here it is " + ours);
      return;
    }
    var names = new ArrayList<String>(PLAIN.keySet().stream().sorted().toList());
    names.addAll(List.of("varchar", "decimal"));
    names.addAll(scope.enums.keySet());
    String hint = Faults.suggestion(text, names);
    boolean near = hint != null && hint.startsWith("did");
    scope.faults.add(
        position,
        "unknown type '" + text + "'",
        near
            ? hint
            : "declare it under enums:, or write native: " + text + " for an engine's own type");
  }

  private @Nullable ColumnType varchar(List<Integer> sizes, Position position) {
    if (sizes.size() == 1 && sizes.getFirst() >= 1 && sizes.getFirst() <= LONGEST_VARCHAR)
      return new ColumnType.Varchar(sizes.getFirst());
    scope.faults.add(position, "varchar takes a length from 1 to " + LONGEST_VARCHAR);
    return null;
  }

  private @Nullable ColumnType decimal(List<Integer> sizes, Position position) {
    boolean one = sizes.size() == 1;
    if (one || sizes.size() == 2) {
      int precision = sizes.getFirst();
      int scale = one ? 0 : sizes.getLast();
      if (precision >= 1 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision)
        return new ColumnType.Decimal(precision, scale);
    }
    scope.faults.add(
        position,
        "decimal takes a precision from 1 to " + MOST_DIGITS + " and a scale of at most as much",
        "write decimal(10,2)");
    return null;
  }

  /// The numbers in the brackets; -1 for what is none.
  private static List<Integer> sizes(String text) {
    var sizes = new ArrayList<Integer>();
    for (String part : text.split(",", -1)) {
      String digits = part.strip();
      sizes.add(digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1);
    }
    return sizes;
  }
}
