package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a claim of a verified token is as a value of a column type. Engines bind this and `Match`
/// compares with it, so that both mean the same.
///
/// Text is read as the type reads text; numbers and booleans are read as their JSON text; a list
/// becomes an array, element by element. Of anything else a text sees the JSON. What does not
/// convert is null, and a comparison with it unknown; in a list only that element is.
public final class ClaimReader {
  private ClaimReader() {}

  /// @param claim a string, number, boolean, list or map, or null when there is none
  public static Value read(ColumnType type, @Nullable Object claim) {
    try {
      return claim == null ? Value.NULL : convert(type, claim);
    } catch (ProblemException | IllegalArgumentException e) {
      return Value.NULL;
    }
  }

  private static Value convert(ColumnType type, Object claim) {
    if (type instanceof ColumnType.Json) return new Value.Json(JsonText.canonicalOf(claim));
    if (type instanceof ColumnType.ArrayOf(ColumnType element))
      return claim instanceof List<?> list ? elements(element, list) : Value.NULL;
    return switch (claim) {
      case String text -> scalar(type, text);
      case Number number -> scalar(type, JsonText.canonicalOf(number));
      case Boolean bool -> scalar(type, bool.toString());
      case Map<?, ?> _, List<?> _ when type instanceof ColumnType.Text ->
          new Value.Text(JsonText.canonicalOf(claim));
      default -> Value.NULL;
    };
  }

  private static Value elements(ColumnType type, List<?> list) {
    List<Value> elements = new ArrayList<>(list.size());
    for (Object element : list) elements.add(read(type, element));
    return new Value.ListOf(elements);
  }

  /// A decimal that the column could not hold is no value of its type: it equals none of them.
  private static Value scalar(ColumnType type, String text) {
    Value value = ValueReader.operand(type, text);
    if (type instanceof ColumnType.Decimal decimal && value instanceof Value.Decimal(var number))
      return new Value.Decimal(NumberReader.held(decimal, number));
    return value;
  }
}
