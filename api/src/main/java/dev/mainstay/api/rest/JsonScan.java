package dev.mainstay.api.rest;

/// Finds where values end in JSON that a database has made: UTF-8 without a fault. Never deeper in
/// calls than one, however deep the JSON is.
final class JsonScan {
  private JsonScan() {}

  /// The first byte at or after `at` that is no white space.
  static int pastSpace(byte[] json, int at) {
    int next = at;
    while (next < json.length && isSpace(json[next])) next++;
    return next;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\t' || b == '\r';
  }

  /// The end of the string that begins at `at`.
  static int pastString(byte[] json, int at) {
    int next = at + 1;
    while (json[next] != '"') next += json[next] == '\\' ? 2 : 1;
    return next + 1;
  }

  /// The end of the value that begins at `at`.
  static int pastValue(byte[] json, int at) {
    int next = at;
    int depth = 0;
    do {
      switch (json[next]) {
        case '"' -> next = pastString(json, next);
        case '{', '[' -> {
          depth++;
          next++;
        }
        case '}', ']' -> {
          depth--;
          next++;
        }
        case ',', ':', ' ', '\n', '\t', '\r' -> next++;
        default -> next = pastWord(json, next);
      }
    } while (depth > 0);
    return next;
  }

  /// The beginning of the value of the key that begins at `at`.
  static int valueOfKey(byte[] json, int at) {
    int colon = pastSpace(json, pastString(json, at));
    return pastSpace(json, colon + 1);
  }

  /// The first byte of the next member or element after a value, or of the closing bracket.
  static int next(byte[] json, int end) {
    int at = pastSpace(json, end);
    return json[at] == ',' ? pastSpace(json, at + 1) : at;
  }

  static boolean isNull(byte[] json, int at) {
    return json[at] == 'n';
  }

  private static int pastWord(byte[] json, int at) {
    int next = at;
    while (next < json.length && !isEnd(json[next])) next++;
    return next;
  }

  private static boolean isEnd(byte b) {
    return b == ',' || b == '}' || b == ']' || isSpace(b);
  }
}
