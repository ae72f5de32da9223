package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of a query string, decoded, in the order they came. A `%` that begins no escape
/// stands for itself; characters above U+007F are taken as the bytes they came as.
record QueryString(List<Parameter> parameters) {
  QueryString {
    parameters = List.copyOf(parameters);
  }

  /// @param value null when there is no `=`
  record Parameter(String name, @Nullable String value) {}

  /// @throws ProblemException [Problem.UnreadableQuery] for too many parameters, for text that is
  ///   not UTF-8, and for NUL, which no database text holds
  static QueryString read(@Nullable String query) {
    List<Parameter> parameters = new ArrayList<>();
    int start = 0;
    while (query != null && start < query.length()) {
      int end = query.indexOf('&', start);
      if (end < 0) end = query.length();
      if (end > start) {
        if (parameters.size() == Quota.PARAMETERS)
          throw unreadable("more than " + Quota.PARAMETERS + " parameters");
        int equals = query.indexOf('=', start);
        parameters.add(
            equals < 0 || equals >= end
                ? new Parameter(decoded(query, start, end, true), null)
                : new Parameter(
                    decoded(query, start, equals, true), decoded(query, equals + 1, end, true)));
      }
      start = end + 1;
    }
    return new QueryString(parameters);
  }

  /// The value of the first parameter of that name, or null.
  @Nullable String first(String name) {
    for (Parameter parameter : parameters)
      if (parameter.name().equals(name)) return parameter.value();
    return null;
  }

  /// The same query, its parameters sorted by name and escaped in one way.
  String canonical() {
    StringBuilder text = new StringBuilder();
    parameters.stream()
        .sorted(Comparator.comparing(Parameter::name))
        .forEach(
            parameter -> {
              if (!text.isEmpty()) text.append('&');
              text.append(escaped(parameter.name())).append('=');
              if (parameter.value() != null) text.append(escaped(parameter.value()));
            });
    return text.toString();
  }

  /// A segment of a path, decoded.
  static String segment(String text) {
    return decoded(text, 0, text.length(), false);
  }

  /// Everything but letters, digits and `-_.~` as `%XX`.
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if ((b >= 'a' && b <= 'z')
          || (b >= 'A' && b <= 'Z')
          || (b >= '0' && b <= '9')
          || "-_.~".indexOf(b) >= 0) escaped.append((char) b);
      else
        escaped
            .append('%')
            .append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)))
            .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
    }
    return escaped.toString();
  }

  private static String decoded(String text, int start, int end, boolean plusIsSpace) {
    if (isPlain(text, start, end)) return text.substring(start, end);
    byte[] bytes = new byte[3 * (end - start)];
    int length = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < end ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low >= 0) {
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c == '+' && plusIsSpace) bytes[length++] = ' ';
      else if (c <= 0xFF) bytes[length++] = (byte) c;
      else throw unreadable("a character that is not escaped");
    }
    for (int i = 0; i < length; i++) if (bytes[i] == 0) throw unreadable("a NUL character");
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException _) {
      throw unreadable("text that is not UTF-8");
    }
  }

  private static boolean isPlain(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '+' || c == 0 || c > 0x7F) return false;
    }
    return true;
  }

  private static ProblemException unreadable(String details) {
    return new ProblemException(
        new Problem.UnreadableQuery("failed to parse the query string", details));
  }
}
