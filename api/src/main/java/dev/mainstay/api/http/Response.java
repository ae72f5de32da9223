package dev.mainstay.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// An answer. To `HEAD` it is the same as to `GET`: whoever sends it leaves the body out, and tells
/// its length.
///
/// @param headers in the order they are sent
/// @param rows how many rows it carries, for the log
public record Response(int status, List<Header> headers, Body body, int rows) {
  public Response {
    headers = List.copyOf(headers);
  }

  public record Header(String name, String value) {}

  /// The bytes of an answer, kept in the pieces they were made in.
  public sealed interface Body {
    record Empty() implements Body {}

    record Bytes(byte[] bytes) implements Body {}

    /// A JSON array of rows, each already JSON: `[`, the rows with `,` between, `]`.
    record JsonArray(List<byte[]> rows) implements Body {}

    /// Lines, a line feed between each and the next.
    record Lines(List<byte[]> lines) implements Body {}

    /// How many bytes it has.
    default long length() {
      return Pieces.length(this);
    }

    /// All of it in one piece.
    default byte[] bytes() {
      var bytes = new ByteArrayOutputStream((int) length());
      try {
        Pieces.write(this, bytes);
      } catch (IOException e) {
        throw new IllegalStateException("memory does not fail to be written", e);
      }
      return bytes.toByteArray();
    }
  }
}
