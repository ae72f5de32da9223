package dev.mainstay.app.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a backup's file is called: `mainstay-20260131T235959Z-v3-scheduled.zip`. Sorted by name
/// they are sorted by time.
///
/// @param made to the second
/// @param model the version of the model
/// @param number counts from 1 those that would be called the same
public record BackupName(Instant made, long model, Kind kind, int number) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  private static final Pattern NAME =
      Pattern.compile(
          "mainstay-(\\d{8}T\\d{6}Z)-v(\\d{1,18})(-scheduled|-before-loss)?(?:\\.(\\d{1,4}))?\\.zip");

  /// Why a backup was made.
  public enum Kind {
    /// Somebody asked for it.
    ASKED(""),
    /// It was due. Only these are counted and removed.
    SCHEDULED("-scheduled"),
    /// Something was about to be lost.
    BEFORE_LOSS("-before-loss");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  /// Reads a file's name; null when no backup is called so.
  static @Nullable BackupName read(String file) {
    Matcher matcher = NAME.matcher(file);
    if (!matcher.matches()) return null;
    String suffix = matcher.group(3) == null ? "" : matcher.group(3);
    Kind kind = Kind.ASKED;
    for (Kind one : Kind.values()) if (one.suffix.equals(suffix)) kind = one;
    try {
      return new BackupName(
          instant(matcher.group(1)),
          Long.parseLong(matcher.group(2)),
          kind,
          matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4)));
    } catch (DateTimeException _) {
      return null;
    }
  }

  public String file() {
    String more = number == 1 ? "" : "." + number;
    return "mainstay-" + stamp(made) + "-v" + model + kind.suffix + more + ".zip";
  }

  BackupName next() {
    return new BackupName(made, model, kind, number + 1);
  }

  /// A moment as names have it.
  static String stamp(Instant moment) {
    return STAMP.format(moment.atOffset(ZoneOffset.UTC));
  }

  static Instant instant(String stamp) {
    return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
  }
}
