package dev.mainstay.core.policy;

import org.jspecify.annotations.Nullable;

/// Says that an expression cannot be compiled: where in its text, why, and what to write instead.
final class Refused extends RuntimeException {
  /// In code points from the beginning of the expression's text.
  final int offset;

  final String reason;
  final @Nullable String hint;

  Refused(int offset, String reason, @Nullable String hint) {
    super(reason, null, false, false);
    this.offset = offset;
    this.reason = reason;
    this.hint = hint;
  }
}
