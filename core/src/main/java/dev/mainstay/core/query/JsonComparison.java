package dev.mainstay.core.query;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Equality and containment of JSON values as `jsonb` has them: numbers by their value (`1.0` is
/// `1`), and an array contains a bare scalar at the root.
public final class JsonComparison {
  private JsonComparison() {}

  public static boolean equal(String one, String other) {
    return one.equals(other) || equal(JsonText.parse(one), JsonText.parse(other));
  }

  /// `@>`: every member and element of `inner` stands in `outer` at the same place.
  public static boolean contains(String outer, String inner) {
    JsonNode out = JsonText.parse(outer);
    JsonNode in = JsonText.parse(inner);
    return out.isArray() && !in.isContainer() ? holds(out, in) : contains(out, in);
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
      for (JsonNode element : inner) if (!holds(outer, element)) return false;
      return true;
    }
    return !outer.isContainer() && !inner.isContainer() && equal(outer, inner);
  }

  private static boolean holds(JsonNode array, JsonNode element) {
    for (JsonNode own : array) if (contains(own, element)) return true;
    return false;
  }

  private static boolean equal(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber())
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    if (one.isArray() && other.isArray()) {
      if (one.size() != other.size()) return false;
      for (int i = 0; i < one.size(); i++) if (!equal(one.get(i), other.get(i))) return false;
      return true;
    }
    if (one.isObject() && other.isObject()) {
      if (one.size() != other.size()) return false;
      for (Map.Entry<String, JsonNode> member : one.properties()) {
        JsonNode second = other.get(member.getKey());
        if (second == null || !equal(member.getValue(), second)) return false;
      }
      return true;
    }
    return one.equals(other);
  }
}
