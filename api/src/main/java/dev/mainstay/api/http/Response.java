package dev.mainstay.api.http;

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
  }
}
