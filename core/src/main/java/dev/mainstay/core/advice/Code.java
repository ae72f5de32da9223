package dev.mainstay.core.advice;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A kind of advice. Its text (`missing-index`) is for ever: acceptances name it. What each means
/// and what to do about it is said in `docs/advice.md`.
public enum Code {
  OPEN_WRITE(Severity.WARNING),
  OWNER_CAN_CHANGE(Severity.WARNING),
  OWNER_CAN_BE_ANYBODY(Severity.WARNING),
  UNGUARDED_VIEW(Severity.WARNING),
  UNGUARDED_FUNCTION(Severity.WARNING),
  SHOWN_COLUMN(Severity.WARNING),
  NO_POLICIES(Severity.NOTE),
  NO_CALLERS(Severity.NOTE),
  UNREADABLE_WRITE(Severity.NOTE),
  MISSING_INDEX(Severity.NOTE),
  REDUNDANT_INDEX(Severity.NOTE),
  UNUSED_INDEX(Severity.NOTE),
  WHOLE_VALUE_INDEX(Severity.NOTE),
  SORTS_AS_TEXT(Severity.NOTE),
  DRIFT(Severity.WARNING),
  STALE_ACCEPTANCE(Severity.NOTE);

  private final Severity severity;

  Code(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /// Whether only a database can tell it.
  boolean isOfDatabase() {
    return this == UNUSED_INDEX || this == DRIFT;
  }

  /// The code of that text, or null.
  static @Nullable Code of(String text) {
    for (Code code : values()) if (code.toString().equals(text)) return code;
    return null;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
