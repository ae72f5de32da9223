package dev.mainstay.api.rest;

import dev.mainstay.api.http.Headers;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The form of an answer, as `Accept` asks for it (`WIRE.md` §1.13).
sealed interface Format {
  /// An array of objects.
  ///
  /// @param stripped without the keys whose values are null
  record Array(boolean stripped) implements Format {}

  /// One object, and exactly one.
  record Single(boolean stripped) implements Format {}

  /// A line with the names of the columns, then a line a row.
  record Csv() implements Format {}

  /// Not the rows but how the engine would find them.
  ///
  /// @param of the form that the rows would have had
  record Explained(Format of, Explaining how) implements Format {}

  /// What is answered when nothing else is asked for.
  static Format json() {
    return new Array(false);
  }

  /// As the header `Content-Type` names it.
  default String contentType() {
    return mediaType() + "; charset=utf-8";
  }

  private String mediaType() {
    return switch (this) {
      case Array(boolean stripped) ->
          stripped ? "application/vnd.pgrst.array+json;nulls=stripped" : "application/json";
      case Single(boolean stripped) ->
          "application/vnd.pgrst.object+json" + (stripped ? ";nulls=stripped" : "");
      case Csv() -> "text/csv";
      case Explained(Format of, Explaining how) ->
          "application/vnd.pgrst.plan+"
              + lower(how.syntax())
              + "; for=\""
              + of.mediaType()
              + '"'
              + (how.options().isEmpty()
                  ? ""
                  : "; options="
                      + String.join("|", how.options().stream().map(Format::lower).toList()));
    };
  }

  /// The most wanted form that can be made.
  ///
  /// @param plans whether callers may see how their requests are carried out
  /// @throws ProblemException [Problem.NotAcceptable], or [Problem.Unsupported] for a form that
  ///   PostgREST makes and this server does not
  static Format accepted(Headers headers, boolean plans) {
    List<MediaRange> ranges = MediaRange.ranked(headers.all("accept"));
    if (ranges.isEmpty()) return json();
    List<String> refused = new ArrayList<>();
    for (MediaRange range : ranges) {
      Format format = of(range);
      boolean isAllowed = plans || !(format instanceof Explained);
      if (format != null && isAllowed && range.quality() > 0) return format;
      refused.add(format instanceof Explained ? format.mediaType() : range.text());
    }
    for (MediaRange range : ranges)
      if (range.type().equals("application/geo+json"))
        throw new ProblemException(new Problem.Unsupported(range.type()));
    throw new ProblemException(new Problem.NotAcceptable(refused));
  }

  private static @Nullable Format of(MediaRange range) {
    boolean stripped = range.parameters().contains("nulls=stripped");
    return switch (range.type()) {
      case "*/*", "application/*", "application/json" -> json();
      case "application/vnd.pgrst.array", "application/vnd.pgrst.array+json" -> new Array(stripped);
      case "application/vnd.pgrst.object", "application/vnd.pgrst.object+json" ->
          new Single(stripped);
      case "text/csv", "text/*" -> new Csv();
      case "application/vnd.pgrst.plan", "application/vnd.pgrst.plan+text" ->
          explained(range, Explaining.Syntax.TEXT);
      case "application/vnd.pgrst.plan+json" -> explained(range, Explaining.Syntax.JSON);
      default -> null;
    };
  }

  /// Options that nobody knows are passed over, as in PostgREST.
  private static @Nullable Format explained(MediaRange range, Explaining.Syntax syntax) {
    String wanted = range.parameter("for");
    Format of = wanted == null ? json() : of(MediaRange.read(wanted));
    if (of == null || of instanceof Explained) return null;
    String given = range.parameter("options");
    List<String> words = given == null ? List.of() : List.of(given.split("\\|"));
    Set<Explaining.Option> options = EnumSet.noneOf(Explaining.Option.class);
    for (Explaining.Option option : Explaining.Option.values())
      if (words.contains(lower(option))) options.add(option);
    return new Explained(of, new Explaining(syntax, options));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
