package dev.mainstay.services.writes;

import org.jspecify.annotations.Nullable;

/// That nobody may write.
///
/// @param since when it was said, as text
/// @param reason what callers are told
/// @param move what it is for, or null when somebody has said so by hand
public record Stopped(String since, String reason, @Nullable Move move) {
  /// @param id what tells it from every other
  /// @param target where it goes, for people
  /// @param isDone whether everything has arrived there
  public record Move(String id, String target, boolean isDone) {}
}
