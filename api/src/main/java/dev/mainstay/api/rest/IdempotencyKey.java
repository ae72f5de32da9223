package dev.mainstay.api.rest;

import dev.mainstay.api.http.Headers;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the header `Idempotency-Key`, as `draft-ietf-httpapi-idempotency-key-header` has it: a
/// quoted string; or what stands there without quotes, as most clients send it.
final class IdempotencyKey {
  static final String HEADER = "idempotency-key";
  private static final int LONGEST = 255;

  private IdempotencyKey() {}

  /// The key, or null when there is none.
  ///
  /// @throws ProblemException [Problem.BadKey]
  static @Nullable String of(Headers headers) {
    List<String> all = headers.all(HEADER);
    if (all.isEmpty()) return null;
    if (all.size() > 1) throw bad("is given " + all.size() + " times");
    String text = all.getFirst().strip();
    String key = text.startsWith("\"") ? unquoted(text) : text;
    if (key.isEmpty()) throw bad("is empty");
    if (key.length() > LONGEST) throw bad("has " + key.length() + " characters");
    for (int i = 0; i < key.length(); i++)
      if (key.charAt(i) <= ' ' || key.charAt(i) > '~')
        throw bad("has a character that is not visible ASCII");
    return key;
  }

  private static String unquoted(String text) {
    StringBuilder key = new StringBuilder();
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        if (i != text.length() - 1) throw bad("goes on behind its quotes");
        return key.toString();
      }
      if (c == '\\' && ++i < text.length()) c = text.charAt(i);
      key.append(c);
    }
    throw bad("has no closing quote");
  }

  private static ProblemException bad(String why) {
    return new ProblemException(new Problem.BadKey(why));
  }
}
