package dev.mainstay.testkit;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes whose rows are given as JSON. A key that only some of the rows have takes its column's
/// fill in the others.
public final class NewRows {
  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private NewRows() {}

  public static Asked.Insert insert(String table, String json, @Nullable Ask returning) {
    JsonNode body = EXACT.readTree(json);
    List<JsonNode> objects = new ArrayList<>();
    if (body.isArray()) body.forEach(objects::add);
    else objects.add(body);
    Set<String> columns = new LinkedHashSet<>();
    for (JsonNode object : objects) columns.addAll(object.propertyNames());
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode object : objects) {
      List<Cell> cells = new ArrayList<>();
      for (String column : columns) cells.add(cell(object.get(column)));
      rows.add(cells);
    }
    return new Asked.Insert(
        Ask.table(table),
        List.copyOf(columns),
        rows,
        null,
        returning == null ? null : returning.rows());
  }

  public static Asked.Update update(
      String table, String json, List<Asked.Condition> where, @Nullable Ask returning) {
    List<Asked.Assignment> assignments = new ArrayList<>();
    for (var entry : EXACT.readTree(json).properties())
      assignments.add(new Asked.Assignment(entry.getKey(), cell(entry.getValue())));
    return new Asked.Update(
        Ask.table(table), assignments, where, returning == null ? null : returning.rows());
  }

  /// A call with the arguments of a JSON object.
  public static Asked.Call call(
      String function, String arguments, Ask result, Asked.Count counted) {
    List<Asked.Argument> named = new ArrayList<>();
    for (var entry : EXACT.readTree(arguments).properties())
      named.add(new Asked.Argument(entry.getKey(), List.of(cell(entry.getValue()))));
    return new Asked.Call(
        Ask.table(function),
        new Asked.Given(named, null),
        result.rows(),
        counted,
        Asked.Access.WRITE);
  }

  private static Cell cell(@Nullable JsonNode node) {
    if (node == null) return new Cell.Default();
    return node.isNull() ? new Cell.Null() : new Cell.Json(node.toString());
  }
}
