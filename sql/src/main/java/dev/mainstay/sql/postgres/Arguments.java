package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.ClaimReader;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.sql.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes into the placeholders of a plan's statements: text, of which the statement says the
/// type.
///
/// @param rows the rows being inserted, each as long as the [Slot.Rows]
/// @param keys the keys of the rows found or written before
/// @param result the rows a function's statement answered, as JSON
record Arguments(Plan plan, List<List<Value>> rows, List<List<Value>> keys, String result) {
  static Arguments of(Plan plan) {
    return new Arguments(plan, List.of(), List.of(), "[]");
  }

  Arguments withRows(List<List<Value>> inserted) {
    return new Arguments(plan, inserted, keys, result);
  }

  Arguments withKeys(List<List<Value>> found) {
    return new Arguments(plan, rows, found, result);
  }

  Arguments withResult(String answered) {
    return new Arguments(plan, rows, keys, answered);
  }

  @Nullable String at(Slot slot) {
    return switch (slot) {
      case Slot.Bound(int index, ColumnType type) -> text(type, plan.values().get(index));
      case Slot.Pattern(int index, ColumnType type) -> text(type, plan.values().get(index));
      case Slot.Claim(List<String> path, ColumnType type) ->
          text(type, ClaimReader.read(type, claim(path)));
      case Slot.Rows(List<ColumnType> types) -> json(rows, types);
      case Slot.Keys(List<ColumnType> types) -> json(keys, types);
      case Slot.Result _ -> result;
      case Slot.Cell _ -> throw new IllegalStateException("rows are inserted together");
      case Slot.Now _ -> throw new IllegalStateException("the server has the time");
    };
  }

  private @Nullable Object claim(List<String> path) {
    return plan.caller() instanceof Caller.Outside(String _, Claims claims)
        ? claims.at(path)
        : null;
  }

  private static @Nullable String text(ColumnType type, Value value) {
    return value instanceof Value.Null ? null : ValueText.text(type, value);
  }

  /// An array of arrays of texts.
  static String json(List<List<Value>> rows, List<ColumnType> types) {
    StringBuilder json = new StringBuilder("[");
    for (List<Value> row : rows) {
      json.append(json.length() > 1 ? ",[" : "[");
      for (int i = 0; i < types.size(); i++) {
        if (i > 0) json.append(',');
        String text = text(types.get(i), row.get(i));
        if (text == null) json.append("null");
        else JsonText.quote(json, text);
      }
      json.append(']');
    }
    return json.append(']').toString();
  }
}
