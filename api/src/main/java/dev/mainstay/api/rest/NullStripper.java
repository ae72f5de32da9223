package dev.mainstay.api.rest;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;

/// Copies JSON without the members that are null, at every depth, as PostgreSQL's
/// `json_strip_nulls` does: elements of arrays stay, white space goes, and strings and numbers are
/// copied as they are.
final class NullStripper {
  private final byte[] json;
  private final ByteArrayOutputStream out;

  /// Which of the brackets around this place are braces.
  private final BitSet objects = new BitSet();

  private int depth;
  private boolean isFirst;

  private NullStripper(byte[] json) {
    this.json = json;
    this.out = new ByteArrayOutputStream(json.length);
  }

  static byte[] strip(byte[] json) {
    return new NullStripper(json).copy();
  }

  private byte[] copy() {
    int at = 0;
    while (at < json.length) {
      byte b = json[at];
      switch (b) {
        case '{', '[' -> {
          objects.set(++depth, b == '{');
          out.write(b);
          isFirst = true;
          at = b == '{' ? member(at + 1) : at + 1;
        }
        case '}', ']' -> {
          depth--;
          out.write(b);
          isFirst = false;
          at++;
        }
        case ',' -> {
          if (!objects.get(depth)) out.write(b);
          at = objects.get(depth) ? member(at + 1) : at + 1;
        }
        case ' ', '\n', '\t', '\r' -> at++;
        default -> {
          int end = JsonScan.pastValue(json, at);
          out.write(json, at, end - at);
          isFirst = false;
          at = end;
        }
      }
    }
    return out.toByteArray();
  }

  /// Copies a key and its colon, or passes over the whole member.
  ///
  /// @return where the value begins, or what follows it
  private int member(int from) {
    int key = JsonScan.pastSpace(json, from);
    if (json[key] == '}') return key;
    int value = JsonScan.valueOfKey(json, key);
    if (JsonScan.isNull(json, value)) return JsonScan.pastValue(json, value);
    if (!isFirst) out.write(',');
    isFirst = false;
    out.write(json, key, JsonScan.pastString(json, key) - key);
    out.write(':');
    return value;
  }
}
