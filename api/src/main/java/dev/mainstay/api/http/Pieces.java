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
      case Body.JsonArray(List<byte[]> rows) -> 2 + joined(rows);
      case Body.Lines(List<byte[]> lines) -> joined(lines);
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
        join(rows, ',', out);
        out.write(']');
      }
      case Body.Lines(List<byte[]> lines) -> join(lines, '\n', out);
    }
  }

  private static long joined(List<byte[]> pieces) {
    long length = Math.max(0, pieces.size() - 1);
    for (byte[] piece : pieces) length += piece.length;
    return length;
  }

  private static void join(List<byte[]> pieces, char between, OutputStream out) throws IOException {
    boolean first = true;
    for (byte[] piece : pieces) {
      if (!first) out.write(between);
      first = false;
      out.write(piece);
    }
  }
}
