package dev.mainstay.sql;

import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.JsonText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A path into JSON as a JSON array of keys and indexes, to stand in a statement that asks this
/// process something.
public final class PathCode {
  private PathCode() {}

  public static String of(List<JsonStep> path) {
    StringBuilder code = new StringBuilder("[");
    for (JsonStep step : path) {
      if (code.length() > 1) code.append(',');
      switch (step) {
        case JsonStep.Key(String name) -> JsonText.quote(code, name);
        case JsonStep.At(int index) -> code.append(index);
      }
    }
    return code.append(']').toString();
  }

  public static List<JsonStep> read(JsonNode code) {
    List<JsonStep> path = new ArrayList<>();
    for (JsonNode step : code)
      path.add(
          step.isString()
              ? new JsonStep.Key(step.stringValue())
              : new JsonStep.At(step.intValue()));
    return path;
  }
}
