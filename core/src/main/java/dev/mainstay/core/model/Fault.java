package dev.mainstay.core.model;

import org.jspecify.annotations.Nullable;

/// One thing wrong with a model: where, what, and what to do about it.
///
/// @param quote the source line it stands on, or null when there is none to show
public record Fault(
    Position position, String message, @Nullable String hint, @Nullable String quote) {}
