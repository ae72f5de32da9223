package dev.mainstay.core.testing;

import java.util.ArrayList;
import java.util.List;

/// The keys of a file of tests, by where they may stand. The JSON Schema lists the same.
final class TestKeys {
  static final List<String> FILE = List.of("callers", "as", "tests");

  static final List<String> CALLER = List.of("uid", "role", "claims");

  static final List<String> METHODS = List.of("get", "head", "post", "patch", "put", "delete");

  static final List<String> STEP =
      List.of(
          "name",
          "as",
          "get",
          "head",
          "post",
          "patch",
          "put",
          "delete",
          "body",
          "headers",
          "prefer",
          "status",
          "refused",
          "sees",
          "sees_nothing",
          "includes",
          "excludes",
          "count",
          "response_headers",
          "keep");

  static final List<String> TEST = with(STEP, "seen_by", "then", "steps");

  static final List<String> REFUSAL = List.of("code", "message", "details", "hint");

  private TestKeys() {}

  private static List<String> with(List<String> keys, String... more) {
    var all = new ArrayList<String>(keys);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
