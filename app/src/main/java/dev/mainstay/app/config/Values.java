package dev.mainstay.app.config;

import dev.mainstay.core.advice.Acceptance;
import dev.mainstay.core.read.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the texts of settings as what they mean. What cannot be read is a fault, and reads as the
/// fallback.
final class Values {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern BYTES =
      Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

  private final Map<String, Given> given;
  private final Faults faults;

  Values(Map<String, Given> given, Faults faults) {
    this.given = given;
    this.faults = faults;
  }

  Given given(String key) {
    Given value = given.get(key);
    if (value == null) throw new IllegalStateException("no setting " + key);
    return value;
  }

  String text(String key) {
    return given(key).text();
  }

  List<String> texts(String key) {
    var all = new ArrayList<String>();
    for (String text : given(key).texts()) {
      for (String part : text.split(",", -1)) if (!part.isBlank()) all.add(part.strip());
    }
    if (all.isEmpty()) refuse(key, "must name at least one", null);
    return all;
  }

  /// A reason may hold commas: only what follows as another code ends it.
  List<Acceptance> acceptances(String key) {
    Given value = given(key);
    var all = new ArrayList<Acceptance>();
    for (String text : value.texts())
      for (String part : text.split(",(?=\\s*[a-z-]+:)", -1))
        if (!part.isBlank()) all.add(Acceptance.read(part.strip(), value.position()));
    return all;
  }

  boolean flag(String key) {
    String text = text(key);
    if (text.equals("true") || text.equals("false")) return text.equals("true");
    refuse(key, "must be true or false, not '" + text + "'", null);
    return Boolean.parseBoolean(fallback(key));
  }

  int number(String key, int least, int most) {
    String text = text(key);
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) return number;
    }
    refuse(key, "must be a number from " + least + " to " + most + ", not '" + text + "'", null);
    return Integer.parseInt(fallback(key));
  }

  String oneOf(String key, List<String> choices) {
    String text = text(key);
    if (choices.contains(text)) return text;
    refuse(key, "must be one of " + String.join(", ", choices) + ", not '" + text + "'", null);
    return fallback(key);
  }

  Duration duration(String key) {
    return duration(key, Duration.ZERO);
  }

  /// @param least in whole minutes
  Duration duration(String key, Duration least) {
    Matcher matcher = DURATION.matcher(text(key));
    if (!matcher.matches()) {
      refuse(key, "must be a time, not '" + text(key) + "'", "write 500ms, 3s, 2m or 1h");
      return Duration.ofSeconds(1);
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        };
    if (duration.compareTo(least) < 0)
      refuse(key, "must be " + least.toMinutes() + "m or longer", null);
    return duration;
  }

  long bytes(String key, long least, long most) {
    Matcher matcher = BYTES.matcher(text(key));
    if (!matcher.matches()) {
      refuse(key, "must be a size, not '" + text(key) + "'", "write 512KB, 10MB or 1GB");
      return least;
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
    int shift =
        switch (unit) {
          case "KB" -> 10;
          case "MB" -> 20;
          case "GB" -> 30;
          default -> 0;
        };
    long bytes = Long.parseLong(matcher.group(1)) << shift;
    if (bytes < least || bytes > most) {
      refuse(key, "must be from " + shown(least) + " to " + shown(most), null);
      return least;
    }
    return bytes;
  }

  void refuse(String key, String message, @Nullable String hint) {
    faults.add(given(key).position(), "'" + key + "' " + message, hint);
  }

  private static String fallback(String key) {
    for (Setting setting : Setting.ALL) if (setting.key().equals(key)) return setting.fallback();
    throw new IllegalStateException("no setting " + key);
  }

  private static String shown(long bytes) {
    if (bytes % (1 << 20) == 0) return (bytes >> 20) + "MB";
    return bytes % 1024 == 0 ? (bytes >> 10) + "KB" : bytes + "B";
  }
}
