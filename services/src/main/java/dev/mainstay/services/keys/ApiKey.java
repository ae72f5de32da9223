package dev.mainstay.services.keys;

import org.jspecify.annotations.Nullable;

/// An opaque key as it is remembered: everything but the key.
///
/// @param prefix how the key begins
/// @param createdAt and
/// @param revokedAt as the database writes points in time
public record ApiKey(
    String id,
    String name,
    String role,
    String prefix,
    String createdAt,
    @Nullable String revokedAt) {}
