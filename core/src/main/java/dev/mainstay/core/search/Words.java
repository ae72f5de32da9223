package dev.mainstay.core.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words of a text: what stands between separators, in lower case.
///
/// Separators are given as ranges of code points and not as a property of characters, so that no
/// version of Unicode and no locale moves them. PostgreSQL is told the same ranges, and then splits
/// by white space alone, but for one habit that is followed here: `1e5km` is the number `1e5` and
/// the word `km`.
public final class Words {
  /// The first so many code points of a text are searched: PostgreSQL keeps no more than a megabyte
  /// of words.
  public static final int LONGEST_TEXT = 200_000;

  /// Longer words are passed over, as PostgreSQL does.
  private static final int LONGEST_WORD_BYTES = 2046;

  /// First and last code point of each range of separators: ASCII, Latin-1, general punctuation to
  /// symbols, CJK punctuation, full-width forms, private use and emoji.
  private static final int[] SEPARATORS = {
    0x01, 0x2F, 0x3A, 0x40, 0x5B, 0x60, 0x7B, 0xA9, 0xAB, 0xB4, 0xB6, 0xB9, 0xBB, 0xBF, 0xD7, 0xD7,
    0xF7, 0xF7, 0x2000, 0x2BFF, 0x2E00, 0x2E7F, 0x3000, 0x3004, 0x3008, 0x3020, 0x3030, 0x3030,
    0xE000, 0xF8FF, 0xFE10, 0xFE1F, 0xFE30, 0xFE6F, 0xFF00, 0xFF0F, 0xFF1A, 0xFF20, 0xFF3B, 0xFF40,
    0xFF5B, 0xFF65, 0xFFE0, 0xFFFF, 0x1F000, 0x1FAFF,
  };

  private Words() {}

  /// In the order in which they stand.
  public static List<String> of(String text) {
    String lower = cut(text).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int at = 0; at < lower.length(); ) {
      int point = lower.codePointAt(at);
      boolean separates = isSeparator(point);
      if (separates && start >= 0) add(lower.substring(start, at), words);
      if (separates) start = -1;
      else if (start < 0) start = at;
      at += Character.charCount(point);
    }
    if (start >= 0) add(lower.substring(start), words);
    return words;
  }

  /// The separators as the inside of a bracket expression of PostgreSQL.
  public static String separatorClass() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < SEPARATORS.length; i += 2)
      out.append("\\U%08x-\\U%08x".formatted(SEPARATORS[i], SEPARATORS[i + 1]));
    return out.toString();
  }

  private static boolean isSeparator(int point) {
    for (int i = 0; i < SEPARATORS.length && SEPARATORS[i] <= point; i += 2)
      if (point <= SEPARATORS[i + 1]) return true;
    return false;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT || text.codePointCount(0, text.length()) <= LONGEST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
  }

  private static void add(String word, List<String> words) {
    int end = endOfNumber(word);
    if (end > 0 && end < word.length()) {
      add(word.substring(0, end), words);
      add(word.substring(end), words);
    } else if (word.length() * 3L <= LONGEST_WORD_BYTES
        || word.getBytes(StandardCharsets.UTF_8).length <= LONGEST_WORD_BYTES) {
      words.add(word);
    }
  }

  /// Where a leading `1e5` ends, or 0.
  private static int endOfNumber(String word) {
    int mantissa = digits(word, 0);
    if (mantissa == 0 || mantissa == word.length() || word.charAt(mantissa) != 'e') return 0;
    int end = digits(word, mantissa + 1);
    return end == mantissa + 1 ? 0 : end;
  }

  private static int digits(String word, int from) {
    int at = from;
    while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') at++;
    return at;
  }
}
