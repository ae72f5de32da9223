package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file that does not change while the server runs. It is read, hashed and compressed when it is
/// first asked for, and kept: many who ask at once hold no more than one.
public final class StaticFile implements Page {
  private final List<Header> headers;
  private final Supplier<byte[]> bytes;
  private @Nullable Content content;

  /// @param caching the value of `Cache-Control`
  /// @param more headers that it is sent with
  public StaticFile(String contentType, String caching, List<Header> more, Supplier<byte[]> bytes) {
    this.bytes = bytes;
    List<Header> all = new ArrayList<>();
    all.add(new Header("Content-Type", contentType));
    all.add(new Header("Cache-Control", caching));
    all.add(new Header("X-Content-Type-Options", "nosniff"));
    all.add(new Header("Referrer-Policy", "no-referrer"));
    all.addAll(more);
    this.headers = List.copyOf(all);
  }

  /// @param gzip the same compressed, or null where that is not worth it
  private record Content(byte[] plain, byte @Nullable [] gzip, String etag) {}

  @Override
  public boolean isUrgent() {
    return false;
  }

  @Override
  public Response answer(Request request) {
    Content file = content();
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Vary", "Accept-Encoding"));
    String known = EntityTag.known(request.headers(), file.etag);
    if (known != null) {
      all.add(new Header("ETag", known));
      return new Response(304, all, new Body.Empty(), 0);
    }
    if (file.gzip == null || !Gzip.isAccepted(request)) {
      all.add(new Header("ETag", file.etag));
      return new Response(200, all, new Body.Bytes(file.plain), 0);
    }
    all.add(new Header("ETag", EntityTag.weak(file.etag)));
    all.add(new Header("Content-Encoding", "gzip"));
    return new Response(200, all, new Body.Bytes(file.gzip), 0);
  }

  private synchronized Content content() {
    Content known = content;
    if (known == null) {
      byte[] plain = bytes.get();
      byte[] gzip = gzip(plain);
      known =
          new Content(
              plain, gzip.length < plain.length ? gzip : null, EntityTag.of(new Body.Bytes(plain)));
      content = known;
    }
    return known;
  }

  private static byte[] gzip(byte[] plain) {
    var compressed = new ByteArrayOutputStream();
    try (OutputStream out = Gzip.into(compressed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
