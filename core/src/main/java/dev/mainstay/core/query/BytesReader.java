package dev.mainstay.core.query;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Text to bytes: PostgreSQL's hexadecimal form `\x6869` and its escape form `hi\000\\`.
final class BytesReader {
  private BytesReader() {}

  static Value read(String text) {
    return new Value.Bytes(text.startsWith("\\x") ? hex(text) : escaped(text));
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder(text.length() - 2);
    for (int i = 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Values.isSpace(c) && hex.length() % 2 == 0) continue;
      if (!HexFormat.isHexDigit(c))
        throw Values.outOfRange("22023", "invalid hexadecimal digit: \"" + c + "\"");
      hex.append(c >= 'A' && c <= 'F' ? (char) (c + 32) : c);
    }
    if (hex.length() % 2 != 0)
      throw Values.outOfRange("22023", "invalid hexadecimal data: odd number of digits");
    return hex.toString();
  }

  private static String escaped(String text) {
    byte[] utf8 = Values.storable(text).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(utf8.length);
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] != '\\') {
        bytes.write(utf8[i]);
      } else if (i + 1 < utf8.length && utf8[i + 1] == '\\') {
        bytes.write('\\');
        i++;
      } else if (i + 3 < utf8.length
          && utf8[i + 1] >= '0'
          && utf8[i + 1] <= '3'
          && isOctal(utf8[i + 2])
          && isOctal(utf8[i + 3])) {
        bytes.write((utf8[i + 1] - '0') * 64 + (utf8[i + 2] - '0') * 8 + utf8[i + 3] - '0');
        i += 3;
      } else {
        throw Values.invalid("bytea", text);
      }
    }
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static boolean isOctal(byte c) {
    return c >= '0' && c <= '7';
  }
}
