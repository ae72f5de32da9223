package dev.mainstay.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An index over columns in order; `where` makes it partial.
public record Index(String name, List<Part> parts, boolean unique, @Nullable Cel where) {
  public Index {
    parts = List.copyOf(parts);
  }

  public record Part(String column, boolean descending) {}
}
