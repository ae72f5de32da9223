package dev.mainstay.core.advice;

import dev.mainstay.core.model.Position;
import org.jspecify.annotations.Nullable;

/// Something that is not wrong, but perhaps not meant: where, what, and what to do about it.
///
/// @param subject what it is about, by its name in the model: `albums.artist_id`
/// @param yaml what to add to the model, or null when that cannot be said
public record Advice(
    Code code,
    String subject,
    Position position,
    String message,
    @Nullable String hint,
    @Nullable String yaml) {
  /// What an acceptance says to mean it: `missing-index:albums.artist_id`.
  public String key() {
    return code + ":" + subject;
  }
}
