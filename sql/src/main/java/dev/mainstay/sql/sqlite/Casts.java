package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Casting;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Casts of stored values: those that are little work for SQLite, and one function of ours for all
/// others.
final class Casts {
  /// Types that PostgreSQL has besides the portable ones, as far as people cast to them.
  private static final Set<String> KNOWN_TO_POSTGRES =
      Set.of(
          "bit",
          "box",
          "bpchar",
          "char",
          "cidr",
          "circle",
          "citext",
          "daterange",
          "inet",
          "int4range",
          "int8range",
          "jsonpath",
          "line",
          "lseg",
          "macaddr",
          "money",
          "name",
          "numrange",
          "oid",
          "path",
          "point",
          "polygon",
          "regclass",
          "regtype",
          "tsquery",
          "tsrange",
          "tstzrange",
          "tsvector",
          "varbit",
          "xml",
          "timetz");

  /// What a double holds exactly.
  private static final int SURE_DIGITS = 15;

  static void addTo(Connection connection) throws SQLException {
    HostFunctions.add(connection, "ms_cast", 3, new Cast());
  }

  static Sql cast(Term value, ColumnType to) {
    ColumnType from = value.type();
    Sql sql = value.sql();
    if (from.equals(to)) return sql;
    if (to instanceof ColumnType.Native(String name) && !to.equals(Casting.NUMERIC))
      throw KNOWN_TO_POSTGRES.contains(name) || name.startsWith("_")
          ? new ProblemException(new Problem.Unsupported("a cast to " + name))
          : refused("42704", "type \"" + name + "\" does not exist");
    if (!Casting.exists(from, to))
      throw refused("42846", "cannot cast type " + name(from) + " to " + name(to));
    return switch (to) {
      case ColumnType.Whole(int bits) when from instanceof ColumnType.Whole ->
          Sql.of("ms_add({}, 0, " + bits + ")", sql);
      case ColumnType.Decimal(int precision, int scale) when scale(from) >= 0 ->
          Sql.of("ms_rescale({}, " + scale(from) + ", " + scale + ", " + precision + ")", sql);
      case ColumnType.Floating(int bits)
          when bits == 64 && scale(from) >= 0 && digits(from) <= SURE_DIGITS ->
          Sql.of("({} / 1" + "0".repeat(scale(from)) + ".0)", sql);
      case ColumnType.Timestamp _ when from instanceof ColumnType.Date ->
          Sql.of("({} || 'T00:00:00.000000')", sql);
      case ColumnType.Text _ when isStoredAsItsText(from) -> sql;
      default ->
          Sql.of(
              "ms_cast({}, {}, {})",
              from instanceof ColumnType.Json ? sql : Encoding.json(value),
              Sql.raw(SqliteDialect.text(code(from))),
              Sql.raw(SqliteDialect.text(code(to))));
    };
  }

  private static ProblemException refused(String sqlState, String message) {
    return new ProblemException(new Problem.Database(sqlState, message, null, null));
  }

  /// As PostgreSQL says it: without what bounds a value.
  private static String name(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal _ -> "numeric";
      case ColumnType.Varchar _ -> "character varying";
      case ColumnType.ArrayOf(ColumnType element) -> name(element) + "[]";
      default -> type.toString();
    };
  }

  private static boolean isStoredAsItsText(ColumnType type) {
    return type instanceof ColumnType.Varchar
        || type instanceof ColumnType.Enumerated
        || type instanceof ColumnType.Uuid
        || type instanceof ColumnType.Date
        || type instanceof ColumnType.Interval
        || type.equals(Casting.NUMERIC);
  }

  private static int scale(ColumnType type) {
    return switch (type) {
      case ColumnType.Whole _ -> 0;
      case ColumnType.Decimal(int _, int scale) -> scale;
      default -> -1;
    };
  }

  /// A whole number is converted in one step, so it may have any number of digits.
  private static int digits(ColumnType type) {
    return type instanceof ColumnType.Decimal(int precision, int _) ? precision : 0;
  }

  /// A type as a JSON array, to stand in a statement.
  private static String code(ColumnType type) {
    StringBuilder code = new StringBuilder("[");
    switch (type) {
      case ColumnType.Decimal(int precision, int scale) ->
          code.append("\"decimal\",").append(precision).append(',').append(scale);
      case ColumnType.Varchar(int length) -> code.append("\"varchar\",").append(length);
      case ColumnType.Enumerated(String name, List<String> labels) -> {
        code.append("\"enum\",");
        JsonText.quote(code, name);
        for (String label : labels) JsonText.quote(code.append(','), label);
      }
      case ColumnType.ArrayOf(ColumnType element) ->
          code.append("\"array\",").append(code(element));
      default -> JsonText.quote(code, type.toString());
    }
    return code.append(']').toString();
  }

  private static ColumnType type(JsonNode code) {
    return switch (code.get(0).stringValue()) {
      case "decimal" -> new ColumnType.Decimal(code.get(1).intValue(), code.get(2).intValue());
      case "varchar" -> new ColumnType.Varchar(code.get(1).intValue());
      case "array" -> new ColumnType.ArrayOf(type(code.get(1)));
      case "enum" -> {
        List<String> labels = new ArrayList<>();
        for (int i = 2; i < code.size(); i++) labels.add(code.get(i).stringValue());
        yield new ColumnType.Enumerated(code.get(1).stringValue(), labels);
      }
      case String name -> named(name);
    };
  }

  private static ColumnType named(String name) {
    for (ColumnType type : PLAIN) if (type.toString().equals(name)) return type;
    throw new IllegalStateException("no type " + name);
  }

  private static final List<ColumnType> PLAIN =
      List.of(
          new ColumnType.Bool(),
          new ColumnType.Whole(16),
          new ColumnType.Whole(32),
          new ColumnType.Whole(64),
          new ColumnType.Floating(32),
          new ColumnType.Floating(64),
          new ColumnType.Text(),
          new ColumnType.Uuid(),
          new ColumnType.Date(),
          new ColumnType.Time(),
          new ColumnType.Timestamp(),
          new ColumnType.TimestampTz(),
          new ColumnType.Interval(),
          new ColumnType.Json(),
          new ColumnType.Bytea(),
          Casting.NUMERIC);

  /// Of a value as JSON, from one type to another. Keeps the last types: a statement asks for the
  /// same again and again.
  private static final class Cast implements HostFunctions.Body {
    private String fromCode = "";
    private String toCode = "";
    private ColumnType from = new ColumnType.Text();
    private ColumnType to = new ColumnType.Text();

    @Override
    public @Nullable Object of(HostFunctions.Given given) throws SQLException {
      if (!given.text(1).equals(fromCode)) {
        fromCode = given.text(1);
        from = type(JsonText.parse(fromCode));
      }
      if (!given.text(2).equals(toCode)) {
        toCode = given.text(2);
        to = type(JsonText.parse(toCode));
      }
      String json = given.text(0);
      // Of JSON, null is a value as well.
      Value value =
          from instanceof ColumnType.Json
              ? new Value.Json(json)
              : ValueReader.fromJson(from, JsonText.parse(json));
      return Storage.stored(Casting.cast(from, value, to), to);
    }
  }

  private Casts() {}
}
