package dev.mainstay.api.http;

import org.jspecify.annotations.Nullable;

/// A request as it came, body and all.
///
/// @param path the path below the endpoint's prefix, still percent-encoded, beginning with `/`
/// @param query the text after `?`, still percent-encoded, or null when there is no `?`
public record Request(
    String method, String path, @Nullable String query, Headers headers, byte[] body) {}
