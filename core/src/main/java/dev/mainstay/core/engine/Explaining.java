package dev.mainstay.core.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How an engine is to tell how it would carry out a plan.
///
/// @param options in the order of their declaration
public record Explaining(Syntax syntax, Set<Option> options) {
  public Explaining {
    EnumSet<Option> copy = EnumSet.noneOf(Option.class);
    copy.addAll(options);
    options = Collections.unmodifiableSet(copy);
  }

  public enum Syntax {
    TEXT,
    JSON
  }

  /// What to tell besides; the words are PostgreSQL's.
  public enum Option {
    /// Carry it out, and tell how long it took.
    ANALYZE,
    VERBOSE,
    SETTINGS,
    BUFFERS,
    WAL
  }
}
