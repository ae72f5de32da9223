package dev.mainstay.api.rest;

import org.jspecify.annotations.Nullable;

/// What becomes of what a request has written, once it is answered.
public enum Ending {
  COMMIT,
  /// Kept, unless the caller asks for it to be undone.
  COMMIT_ALLOW_OVERRIDE,
  ROLLBACK,
  /// Undone, unless the caller asks for it to be kept.
  ROLLBACK_ALLOW_OVERRIDE;

  /// Whether the caller has a say.
  boolean isTheCallersToSay() {
    return this == COMMIT_ALLOW_OVERRIDE || this == ROLLBACK_ALLOW_OVERRIDE;
  }

  /// Whether it is undone.
  ///
  /// @param asked for by the caller, or null
  boolean isUndone(Preferences.@Nullable Transaction asked) {
    return isTheCallersToSay() && asked != null
        ? asked == Preferences.Transaction.ROLLBACK
        : this == ROLLBACK || this == ROLLBACK_ALLOW_OVERRIDE;
  }
}
