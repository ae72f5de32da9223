package dev.mainstay.sql.sqlite;

import dev.mainstay.core.query.JsonText;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// `@>` of `jsonb`: every member and element of the inner value stands somewhere in the outer one,
/// at the same place. An array also contains a bare scalar at the root.
final class JsonContains {
  static boolean test(String outer, String inner) {
    JsonNode out = JsonText.parse(outer);
    JsonNode in = JsonText.parse(inner);
    if (out.isArray() && !in.isContainer()) return isIn(in, out);
    return contains(out, in);
  }

  private static boolean contains(JsonNode outer, JsonNode inner) {
    if (outer.isObject() && inner.isObject()) {
      for (Map.Entry<String, JsonNode> member : inner.properties()) {
        JsonNode own = outer.get(member.getKey());
        if (own == null || !contains(own, member.getValue())) return false;
      }
      return true;
    }
    if (outer.isArray() && inner.isArray()) {
      for (JsonNode element : inner) if (!isIn(element, outer)) return false;
      return true;
    }
    if (outer.isNumber() && inner.isNumber())
      return outer.decimalValue().compareTo(inner.decimalValue()) == 0;
    return outer.equals(inner);
  }

  private static boolean isIn(JsonNode element, JsonNode array) {
    for (JsonNode own : array) if (contains(own, element)) return true;
    return false;
  }

  private JsonContains() {}
}
