package dev.mainstay.core.generate;

import dev.mainstay.core.query.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Texts as YAML that reads back as the same text: plain where that is certain, else in quotes.
final class Scalars {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*(\\[])?");

  /// What some readers take for something else.
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private Scalars() {}

  static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  static String of(String text) {
    if (isPlain(text) && !text.endsWith("[]")) return text;
    StringBuilder quoted = new StringBuilder();
    JsonText.quote(quoted, text);
    return quoted.toString();
  }

  static String list(List<String> texts) {
    return texts.stream().map(Scalars::of).collect(Collectors.joining(", ", "[", "]"));
  }
}
