package dev.mainstay.core.testing;

import dev.mainstay.core.model.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request of a test.
///
/// @param name what people call it, or null
/// @param expected nothing but success when it is empty
/// @param keep names for values of the answer, with where they stand in it
public record Step(
    @Nullable String name,
    Position position,
    TestCaller as,
    Call call,
    List<Expected> expected,
    Map<String, String> keep) {
  public Step {
    expected = List.copyOf(expected);
    keep = Collections.unmodifiableMap(new LinkedHashMap<>(keep));
  }
}
