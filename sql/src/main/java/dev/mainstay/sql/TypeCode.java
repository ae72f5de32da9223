package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Casting;
import dev.mainstay.core.query.JsonText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A portable type as a JSON array, to stand in a statement that asks this process something.
public final class TypeCode {
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

  private TypeCode() {}

  public static String of(ColumnType type) {
    StringBuilder code = new StringBuilder("[");
    switch (type) {
      case ColumnType.Decimal(int precision, int scale) ->
          code.append("\"decimal\",").append(precision).append(',').append(scale);
      case ColumnType.Varchar(int length) -> code.append("\"varchar\",").append(length);
      case ColumnType.Enumerated(String _, String name, List<String> labels) -> {
        code.append("\"enum\",");
        JsonText.quote(code, name);
        for (String label : labels) JsonText.quote(code.append(','), label);
      }
      case ColumnType.ArrayOf(ColumnType element) -> code.append("\"array\",").append(of(element));
      default -> JsonText.quote(code, type.toString());
    }
    return code.append(']').toString();
  }

  public static ColumnType read(JsonNode code) {
    return switch (code.get(0).stringValue()) {
      case "decimal" -> new ColumnType.Decimal(code.get(1).intValue(), code.get(2).intValue());
      case "varchar" -> new ColumnType.Varchar(code.get(1).intValue());
      case "array" -> new ColumnType.ArrayOf(read(code.get(1)));
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
}
