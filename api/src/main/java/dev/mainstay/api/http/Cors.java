package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls from browsers: who may make them, with which headers (WIRE.md §0, §1.15).
final class Cors {
  private static final String METHODS = "GET, POST, PATCH, PUT, DELETE, OPTIONS";
  private static final String ALLOWED =
      "authorization, x-client-info, apikey, content-type, x-retry-count, prefer, range,"
          + " range-unit, accept-profile, content-profile, x-upsert, cache-control, x-metadata,"
          + " x-region, x-supabase-api-version, tus-resumable, upload-length, upload-offset,"
          + " upload-metadata, x-signature, traceparent, tracestate, baggage, server-timing,"
          + " if-none-match, idempotency-key";
  private static final String EXPOSED =
      "Content-Encoding, Content-Location, Content-Profile, Content-Range, Content-Type, Date, ETag,"
          + " Idempotent-Replayed, Location, Preference-Applied, Proxy-Status, Retry-After, Server, Server-Timing,"
          + " Transfer-Encoding, Range-Unit, WWW-Authenticate";

  private final List<String> origins;

  Cors(List<String> origins) {
    this.origins = List.copyOf(origins);
  }

  static boolean isPreflight(Request request) {
    return request.method().equals("OPTIONS")
        && request.headers().first("origin") != null
        && request.headers().first("access-control-request-method") != null;
  }

  Response preflight(Request request) {
    List<Header> headers =
        with(
            request,
            List.of(
                new Header("Access-Control-Allow-Methods", METHODS),
                new Header("Access-Control-Allow-Headers", ALLOWED),
                new Header("Access-Control-Max-Age", "86400")));
    return new Response(200, headers, new Response.Body.Empty(), 0);
  }

  /// What an answer to this request says besides its own headers, when a browser asks from another
  /// site.
  List<Header> headers(Request request) {
    return with(request, List.of(new Header("Access-Control-Expose-Headers", EXPOSED)));
  }

  private List<Header> with(Request request, List<Header> more) {
    String origin = request.headers().first("origin");
    String allowed = origin == null ? null : allowed(origin);
    if (allowed == null) return List.of();
    var all = new ArrayList<Header>(more.size() + 2);
    all.add(new Header("Access-Control-Allow-Origin", allowed));
    if (!allowed.equals("*")) all.add(new Header("Vary", "Origin"));
    all.addAll(more);
    return all;
  }

  private @Nullable String allowed(String origin) {
    if (origins.contains("*")) return "*";
    return origins.contains(origin) ? origin : null;
  }
}
