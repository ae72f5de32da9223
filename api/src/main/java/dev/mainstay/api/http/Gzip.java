package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Which answers are compressed: more than 1 KB of text, for a client that takes gzip.
final class Gzip {
  private static final int AT_LEAST = 1024;

  /// Fast, and within a tenth of the best on JSON.
  private static final int LEVEL = 4;

  private Gzip() {}

  static boolean suits(Response response) {
    return Pieces.length(response.body()) > AT_LEAST
        && isText(first(response, "Content-Type"))
        && first(response, "Content-Encoding") == null;
  }

  /// Whether the client takes gzip: `Accept-Encoding` names it, or `*`, and not with `q=0`.
  static boolean isAccepted(Request request) {
    boolean accepted = false;
    for (String header : request.headers().all("accept-encoding")) {
      for (String part : header.split(",", -1)) {
        String[] coding = part.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", 2);
        boolean refused = coding.length > 1 && coding[1].matches("q=0(\\.0{0,3})?");
        if (coding[0].equals("gzip")) return !refused;
        if (coding[0].equals("*")) accepted = !refused;
      }
    }
    return accepted;
  }

  static OutputStream into(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, 16 * 1024) {
      {
        def.setLevel(LEVEL);
      }
    };
  }

  private static boolean isText(@Nullable String type) {
    if (type == null) return false;
    String plain = type.toLowerCase(Locale.ROOT);
    return plain.startsWith("text/")
        || plain.startsWith("application/json")
        || plain.startsWith("application/javascript")
        || plain.startsWith("application/yaml")
        || plain.contains("+json")
        || plain.contains("+xml");
  }

  private static @Nullable String first(Response response, String name) {
    for (Header header : response.headers()) {
      if (header.name().equalsIgnoreCase(name)) return header.value();
    }
    return null;
  }
}
