package dev.mainstay.sql;

import org.jspecify.annotations.Nullable;

/// What a database says of its models at any time. Waits for nobody, and nobody for it.
public interface Ledger {
  /// The mark of the newest model that is committed, or null when there is none.
  AppliedModels.@Nullable Mark mark();

  /// The newest model that is committed, or null when there is none.
  @Nullable Applied newest();
}
