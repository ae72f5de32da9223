package dev.mainstay.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A model as a database has it.
///
/// @param version counts from 1
/// @param format of the storage; a program knows every format up to its own
/// @param program the version of the program that applied it
/// @param checksum of the source, SHA-256 in hexadecimal
/// @param source the model file's text
/// @param left what the database then held; null when it was not kept
/// @param pending statements that are yet to run, each by itself, and may run twice
public record Applied(
    long version,
    int format,
    String program,
    String checksum,
    String source,
    @Nullable Schema left,
    List<String> pending) {
  /// The storage format this program writes.
  public static final int FORMAT = 1;

  public Applied {
    pending = List.copyOf(pending);
  }

  /// The same, with something else left behind.
  Applied withLeft(Schema other) {
    return new Applied(version, format, program, checksum, source, other, pending);
  }

  /// The statements that are yet to run as one text, to be kept.
  public String pendingText() {
    return JsonMapper.shared().writeValueAsString(pending);
  }

  /// Reads what [#pendingText] wrote.
  public static List<String> pending(String text) {
    return List.of(JsonMapper.shared().readValue(text, String[].class));
  }
}
