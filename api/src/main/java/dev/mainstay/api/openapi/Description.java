package dev.mainstay.api.openapi;

import dev.mainstay.api.http.EntityTag;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A description as it is sent, and its entity tag.
public record Description(byte[] json, String etag) {
  static Description of(byte[] json) {
    return new Description(json, EntityTag.of(new Body.Bytes(json)));
  }

  /// The same in OpenAPI 3.1, of the server at that address.
  ///
  /// @param origin what goes before the path of the API; null where it is there already
  Description at(@Nullable String origin) {
    if (origin == null) return this;
    byte[] added = origin.getBytes(StandardCharsets.UTF_8);
    int gap = OpenApi.BEFORE_SERVER.length();
    byte[] all = new byte[json.length + added.length];
    System.arraycopy(json, 0, all, 0, gap);
    System.arraycopy(added, 0, all, gap, added.length);
    System.arraycopy(json, gap, all, gap + added.length, json.length - gap);
    return of(all);
  }

  /// The answer to a request for it. A client that has it already is told so.
  ///
  /// @param profile the schema to name, or null
  public Response response(Request request, String contentType, @Nullable String profile) {
    String known = EntityTag.known(request.headers(), etag);
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("ETag", known == null ? etag : known));
    headers.add(new Header("Cache-Control", "private, no-cache"));
    headers.add(new Header("Vary", "Authorization, apikey, Accept, Accept-Profile"));
    if (known != null) return new Response(304, headers, new Body.Empty(), 0);
    headers.add(new Header("Content-Type", contentType));
    if (profile != null) headers.add(new Header("Content-Profile", profile));
    return new Response(200, headers, new Body.Bytes(json), 0);
  }
}
