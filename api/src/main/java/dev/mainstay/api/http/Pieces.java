package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// The bytes of a [Response.Body], one piece after the other.
final class Pieces {
  private Pieces() {}

  static long length(Body body) {
    return switch (body) {
      case Body.Empty() -> 0;
      case Body.Bytes(byte[] bytes) -> bytes.length;
      case Body.JsonArray(List<byte[]> rows) -> {
        long length = 2L + Math.max(0, rows.size() - 1);
        for (byte[] row : rows) length += row.length;
        yield length;
      }
    };
  }

  static void write(Body body, OutputStream out) throws IOException {
    switch (body) {
      case Body.Empty() -> {
        // Nothing.
      }
      case Body.Bytes(byte[] bytes) -> out.write(bytes);
      case Body.JsonArray(List<byte[]> rows) -> {
        out.write('[');
        boolean first = true;
        for (byte[] row : rows) {
          if (!first) out.write(',');
          first = false;
          out.write(row);
        }
        out.write(']');
      }
    }
  }
}
