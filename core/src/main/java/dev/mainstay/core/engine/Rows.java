package dev.mainstay.core.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that were read: one JSON object each, as UTF-8.
///
/// @param total how many match without limit and offset, or null when that was not asked
public record Rows(List<byte[]> rows, @Nullable Long total, Reply reply) {
  public Rows {
    rows = List.copyOf(rows);
  }

  public Rows(List<byte[]> rows, @Nullable Long total) {
    this(rows, total, Reply.NONE);
  }

  public Rows with(Reply other) {
    return new Rows(rows, total, other);
  }
}
