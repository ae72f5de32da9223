package dev.mainstay.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A value that another is like when it has all that this one has: members of objects at their
/// place, elements of lists anywhere.
record Likeness(JsonNode json) {
  /// One pattern, or each of a list.
  static List<Likeness> of(JsonNode patterns) {
    if (!patterns.isArray()) return List.of(new Likeness(patterns));
    var all = new ArrayList<Likeness>();
    for (JsonNode pattern : patterns) all.add(new Likeness(pattern));
    return all;
  }

  boolean matches(JsonNode value) {
    return matches(json, value);
  }

  private static boolean matches(JsonNode pattern, JsonNode value) {
    if (pattern.isObject() && value.isObject()) {
      for (Map.Entry<String, JsonNode> member : pattern.properties()) {
        JsonNode own = value.get(member.getKey());
        if (own == null || !matches(member.getValue(), own)) return false;
      }
      return true;
    }
    if (!pattern.isArray() || !value.isArray()) return Comparison.same(pattern, value);
    for (JsonNode wanted : pattern) {
      boolean found = false;
      for (JsonNode element : value) found = found || matches(wanted, element);
      if (!found) return false;
    }
    return true;
  }

  /// Why no value is like it, told of the one that comes nearest.
  ///
  /// @param values a list, or one value
  String complaint(JsonNode values) {
    if (!values.isArray()) return "not like " + Shown.of(json) + ": " + why(values);
    if (values.isEmpty()) return "nothing like " + Shown.of(json) + "; no rows";
    int nearest = -1;
    int best = -1;
    for (int i = 0; i < values.size(); i++) {
      int alike = values.get(i).isObject() ? alike(values.get(i)) : -1;
      if (alike > best) {
        best = alike;
        nearest = i;
      }
    }
    String nothing = "nothing like " + Shown.of(json);
    if (best <= 0) return nothing + " among " + values.size();
    return nothing + "; the nearest, [" + nearest + "], has " + why(values.get(nearest));
  }

  private int alike(JsonNode value) {
    int alike = 0;
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      JsonNode own = value.get(member.getKey());
      if (own != null && matches(member.getValue(), own)) alike++;
    }
    return alike;
  }

  private String why(JsonNode value) {
    if (!json.isObject() || !value.isObject()) return Shown.of(value);
    var different = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      JsonNode own = value.get(member.getKey());
      if (own == null) different.add("no " + member.getKey());
      else if (!matches(member.getValue(), own))
        different.add(member.getKey() + " " + Shown.of(own));
    }
    return String.join(", ", different);
  }

  /// The first that is like it, told with its place; null when there is none.
  @Nullable String found(JsonNode values) {
    if (!values.isArray()) return matches(values) ? Shown.of(values) : null;
    for (int i = 0; i < values.size(); i++)
      if (matches(values.get(i))) return "[" + i + "] " + Shown.of(values.get(i));
    return null;
  }
}
