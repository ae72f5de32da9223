package dev.mainstay.core.advice;

import java.util.Locale;

/// How much a piece of advice matters.
public enum Severity {
  /// Somebody may see or change what they should not, or the database is not what it should be.
  WARNING,
  /// Something is slower, or does less, than it could.
  NOTE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
