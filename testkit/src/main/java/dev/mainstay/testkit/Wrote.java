package dev.mainstay.testkit;

import dev.mainstay.core.engine.Written;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;

/// What a write did, to be compared as a whole: the keys it touched, the columns of a key with `,`
/// between, and the rows it answered as one JSON array.
public record Wrote(List<String> keys, String rows) {
  public static final Wrote NOTHING = new Wrote(List.of(), "[]");

  public Wrote {
    keys = List.copyOf(keys);
  }

  /// A write that answered no rows.
  public static Wrote keys(String... keys) {
    return new Wrote(List.of(keys), "[]");
  }

  public static Wrote of(Written written) {
    List<String> keys = new ArrayList<>();
    for (List<Value> key : written.keys())
      keys.add(String.join(",", key.stream().map(Wrote::text).toList()));
    return new Wrote(keys, Backend.array(written.rows()));
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Text(String text) -> text;
      case Value.Uuid(var uuid) -> uuid.toString();
      default -> value.toString();
    };
  }
}
