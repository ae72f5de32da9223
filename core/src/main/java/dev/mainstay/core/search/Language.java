package dev.mainstay.core.search;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which words are one and the same to a search, and which are not searched for at all, for engines
/// that know no language themselves. Named as PostgreSQL names its configurations.
public enum Language {
  /// Every word is itself.
  SIMPLE(word -> word),
  ENGLISH(word -> English.isStop(word) ? null : English.stem(word));

  private final Function<String, @Nullable String> lexeme;

  Language(Function<String, @Nullable String> lexeme) {
    this.lexeme = lexeme;
  }

  /// The language of that name, or null.
  public static @Nullable Language named(String name) {
    return switch (name) {
      case "simple" -> SIMPLE;
      case "english" -> ENGLISH;
      default -> null;
    };
  }

  /// What stands for a word (one of [Words]) in this language, or null when it is not searched for.
  /// A word with an ASCII digit in it has no stem.
  @Nullable String lexeme(String word) {
    return word.chars().anyMatch(c -> c >= '0' && c <= '9') ? word : lexeme.apply(word);
  }

  /// The query by lexemes, or null when nothing is left of it.
  public @Nullable SearchQuery lexemes(SearchQuery query) {
    return Draft.mapped(
            query,
            word -> {
              String lexeme = lexeme(word.text());
              return lexeme == null ? null : new SearchQuery.Word(lexeme, word.prefix());
            })
        .query();
  }
}
