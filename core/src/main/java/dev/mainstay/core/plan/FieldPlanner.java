package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Casting;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.JsonStep;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Turns a field as written into a typed expression over the innermost row.
final class FieldPlanner {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");

  private final Sight sight;

  FieldPlanner(Sight sight) {
    this.sight = sight;
  }

  Sight sight() {
    return sight;
  }

  Expr expr(Table table, Asked.Field field) {
    Column column = sight.column(table, field.name());
    Expr.Column here = new Expr.Column(0, column.name(), column.type());
    if (field.path().isEmpty()) return here;
    Expr json =
        column.type() instanceof ColumnType.Json
            ? here
            : new Expr.Apply(Expr.Function.TO_JSON, List.of(here), new ColumnType.Json());
    return new Expr.JsonAt(json, field.path(), field.asText());
  }

  /// The key a field is answered under when it has no alias: its last JSON key, else its column.
  static String key(Asked.Field field) {
    List<JsonStep> path = field.path();
    for (int i = path.size() - 1; i >= 0; i--)
      if (path.get(i) instanceof JsonStep.Key(String name)) return name;
    return field.name();
  }

  /// The type a cast names, by PostgreSQL's names and their aliases, the model's enums, or a type
  /// of the engine's own.
  ///
  /// An engine writes that name into its statement, so it is held to one plain word here, where
  /// every protocol passes, whatever a reader lets through.
  ColumnType castType(String text) {
    String name = text.trim();
    for (ColumnType.Enumerated type : sight.catalog().model().enums())
      if (type.name().equals(name)) return type;
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "bool", "boolean" -> new ColumnType.Bool();
      case "int2", "smallint" -> new ColumnType.Whole(16);
      case "int", "int4", "integer" -> new ColumnType.Whole(32);
      case "int8", "bigint" -> new ColumnType.Whole(64);
      case "numeric", "decimal", "dec" -> Casting.NUMERIC;
      case "float4", "real" -> new ColumnType.Floating(32);
      case "float8", "float", "double precision" -> new ColumnType.Floating(64);
      case "text", "varchar", "character varying" -> new ColumnType.Text();
      case "uuid" -> new ColumnType.Uuid();
      case "date" -> new ColumnType.Date();
      case "time", "time without time zone" -> new ColumnType.Time();
      case "timestamp", "timestamp without time zone" -> new ColumnType.Timestamp();
      case "timestamptz", "timestamp with time zone" -> new ColumnType.TimestampTz();
      case "interval" -> new ColumnType.Interval();
      case "json", "jsonb" -> new ColumnType.Json();
      case "bytea" -> new ColumnType.Bytea();
      default -> {
        if (!PLAIN_WORD.matcher(name).matches())
          throw new ProblemException(
              new Problem.Database("42704", "type \"" + name + "\" does not exist", null, null));
        yield new ColumnType.Native(name);
      }
    };
  }
}
