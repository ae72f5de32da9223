package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.JsonStep;
import java.util.List;
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
    if (!(column.type() instanceof ColumnType.Json || column.type() instanceof ColumnType.ArrayOf))
      throw new ProblemException(
          new Problem.NoSuchOperator(
              field.asText() ? "->>" : "->", column.type().toString(), "unknown"));
    return new Expr.JsonAt(here, field.path(), field.asText());
  }

  /// The key a field is answered under when it has no alias: its last JSON key, else its column.
  static String key(Asked.Field field) {
    List<JsonStep> path = field.path();
    for (int i = path.size() - 1; i >= 0; i--)
      if (path.get(i) instanceof JsonStep.Key(String name)) return name;
    return field.name();
  }

  /// The type a cast names, by PostgreSQL's names and their aliases, or a type of the engine's own.
  ///
  /// An engine writes that name into its statement, so it is held to one plain word here, where
  /// every protocol passes, whatever a reader lets through.
  static ColumnType castType(String text) {
    String name = text.trim();
    return switch (name) {
      case "bool", "boolean" -> new ColumnType.Bool();
      case "int2", "smallint" -> new ColumnType.Whole(16);
      case "int", "int4", "integer" -> new ColumnType.Whole(32);
      case "int8", "bigint" -> new ColumnType.Whole(64);
      case "float4", "real" -> new ColumnType.Floating(32);
      case "float8", "double precision" -> new ColumnType.Floating(64);
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
