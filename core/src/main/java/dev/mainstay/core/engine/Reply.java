package dev.mainstay.core.engine;

import org.jspecify.annotations.Nullable;

/// What SQL of the database's own has set for the response, as it stands there (`WIRE.md` §1.19).
///
/// @param status of `response.status`, or null
/// @param headers of `response.headers`, or null
public record Reply(@Nullable String status, @Nullable String headers) {
  public static final Reply NONE = new Reply(null, null);
}
