package dev.mainstay.api.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of tables and columns, which may hold any character, as the places of a description and of
/// a request want them.
final class Names {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// Query parameters that are never taken for a column.
  private static final Set<String> RESERVED =
      Set.of("select", "columns", "on_conflict", "order", "limit", "offset", "and", "or");

  private Names() {}

  /// For a key of `components`: letters, digits and `_`, anything else as its number between dots.
  /// Dots come in pairs then, so that a name and a suffix of one dot never meet another name.
  static String component(String name) {
    if (WORD.matcher(name).matches()) return name;
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              boolean plain =
                  c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
              if (plain) out.appendCodePoint(c);
              else out.append('.').append(Integer.toHexString(c)).append('.');
            });
    return out.toString();
  }

  /// As one segment of a path.
  static String segment(String name) {
    if (WORD.matcher(name).matches()) return name;
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= '0' && b <= '9'
              || b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b == '_'
              || b == '-'
              || b == '.'
              || b == '~';
      if (plain) out.append((char) b);
      else out.append('%').append(String.format("%02X", b & 0xff));
    }
    return out.toString();
  }

  /// As a query string writes it: in double quotes unless it is a plain word.
  static String field(String name) {
    if (WORD.matcher(name).matches()) return name;
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /// Whether a filter can be on a column of that name.
  static boolean isFilter(String column) {
    return !RESERVED.contains(column);
  }

  /// A reference within the document, by the JSON Pointer of `RFC 6901` in a fragment.
  static String pointer(String place, String key) {
    return "#/" + place + "/" + segment(key.replace("~", "~0").replace("/", "~1"));
  }
}
