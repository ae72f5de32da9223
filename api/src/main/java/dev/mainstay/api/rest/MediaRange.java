package dev.mainstay.api.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One media range of an `Accept` header.
///
/// @param text as written, without its quality
/// @param type in lower case, without parameters
/// @param parameters in lower case
record MediaRange(String text, String type, List<String> parameters, double quality) {
  MediaRange {
    parameters = List.copyOf(parameters);
  }

  /// The ranges that are wanted at all: by quality, then by how exactly they are named, then as
  /// written.
  static List<MediaRange> ranked(List<String> headers) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String header : headers)
      for (String text : split(header, ',')) if (!text.isBlank()) ranges.add(read(text));
    ranges.sort(
        Comparator.comparingDouble((MediaRange range) -> -range.quality)
            .thenComparingInt(range -> -range.exactness()));
    return ranges;
  }

  /// The value of the parameter of that name, without its quotes, or null.
  @Nullable String parameter(String name) {
    for (String parameter : parameters) {
      if (!parameter.startsWith(name + "=")) continue;
      String value = parameter.substring(name.length() + 1);
      boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
      return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
    return null;
  }

  static MediaRange read(String text) {
    List<String> parts = split(text, ';');
    List<String> parameters = new ArrayList<>();
    double quality = 1;
    for (String part : parts.subList(1, parts.size())) {
      String parameter = part.strip().toLowerCase(Locale.ROOT).replace(" ", "");
      if (parameter.startsWith("q=")) quality = quality(parameter.substring(2));
      else if (!parameter.isEmpty()) parameters.add(parameter);
    }
    String type = parts.getFirst().strip();
    return new MediaRange(
        parameters.isEmpty() ? type : type + ";" + String.join(";", parameters),
        type.toLowerCase(Locale.ROOT),
        parameters,
        quality);
  }

  private static double quality(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 1;
    }
  }

  private int exactness() {
    int stars = 0;
    for (int i = 0; i < type.length(); i++) if (type.charAt(i) == '*') stars++;
    return parameters.size() - stars;
  }

  /// The parts between separators that are not in double quotes.
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') quoted = !quoted;
      else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}
