package dev.mainstay.api.rest;

import dev.mainstay.api.http.Headers;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form of an answer, as `Accept` asks for it (`WIRE.md` §1.13).
enum Format {
  /// An array of objects.
  ARRAY("application/json"),
  /// One object, and exactly one.
  OBJECT("application/vnd.pgrst.object+json");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  String contentType() {
    return mediaType + "; charset=utf-8";
  }

  /// The most wanted form that can be made.
  ///
  /// @throws ProblemException [Problem.NotAcceptable], or [Problem.Unsupported] for a form that
  ///   PostgREST makes and this server does not
  static Format accepted(Headers headers) {
    List<MediaRange> ranges = MediaRange.ranked(headers.all("accept"));
    if (ranges.isEmpty()) return ARRAY;
    for (MediaRange range : ranges) {
      Format format = range.quality() > 0 ? of(range) : null;
      if (format != null) return format;
    }
    for (MediaRange range : ranges)
      if (range.type().equals("text/csv") || range.parameters().contains("nulls=stripped"))
        throw new ProblemException(new Problem.Unsupported(range.text()));
    throw new ProblemException(
        new Problem.NotAcceptable(ranges.stream().map(MediaRange::text).toList()));
  }

  private static @Nullable Format of(MediaRange range) {
    if (range.parameters().contains("nulls=stripped")) return null;
    return switch (range.type()) {
      case "*/*",
          "application/*",
          "application/json",
          "application/vnd.pgrst.array",
          "application/vnd.pgrst.array+json" ->
          ARRAY;
      case "application/vnd.pgrst.object", "application/vnd.pgrst.object+json" -> OBJECT;
      default -> null;
    };
  }
}
