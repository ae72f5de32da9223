package dev.mainstay.core.engine;

import dev.mainstay.core.query.Value;
import java.util.List;

/// What a write did.
///
/// @param keys the primary keys of the rows it inserted, updated or deleted, in the order they were
///   given or found
/// @param rows those rows as JSON objects in UTF-8, when the plan asked for them; else empty
/// @param inserted how many of them are new
public record Written(List<List<Value>> keys, List<byte[]> rows, int inserted, Reply reply) {
  public static final Written NOTHING = new Written(List.of(), List.of(), 0);

  public Written {
    keys = List.copyOf(keys);
    rows = List.copyOf(rows);
  }

  public Written(List<List<Value>> keys, List<byte[]> rows, int inserted) {
    this(keys, rows, inserted, Reply.NONE);
  }

  public Written with(Reply other) {
    return new Written(keys, rows, inserted, other);
  }

  public int count() {
    return keys.size();
  }
}
