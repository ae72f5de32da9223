package dev.mainstay.core.plan;

import org.jspecify.annotations.Nullable;

/// What a plan may ask of an engine.
///
/// @param maxRows the most rows of a read and of each embed, or null for no limit
/// @param aggregates whether callers may aggregate
public record Limits(@Nullable Long maxRows, boolean aggregates) {}
