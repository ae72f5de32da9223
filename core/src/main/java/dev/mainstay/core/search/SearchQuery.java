package dev.mainstay.core.search;

import java.util.List;

/// What a text must hold to be found, in words.
public sealed interface SearchQuery {
  /// A word, or with `prefix` any word that begins so.
  record Word(String text, boolean prefix) implements SearchQuery {}

  /// Two or more.
  record And(List<SearchQuery> all) implements SearchQuery {
    public And {
      all = List.copyOf(all);
    }
  }

  /// Two or more.
  record Or(List<SearchQuery> any) implements SearchQuery {
    public Or {
      any = List.copyOf(any);
    }
  }

  record Not(SearchQuery query) implements SearchQuery {}

  /// `right` ends `distance` words after `left`: 1 is the next word, 0 the same.
  record Phrase(SearchQuery left, SearchQuery right, int distance) implements SearchQuery {}

  /// Whether some part of it depends on where the words stand.
  default boolean hasPhrase() {
    return switch (this) {
      case Word _ -> false;
      case And(List<SearchQuery> all) -> all.stream().anyMatch(SearchQuery::hasPhrase);
      case Or(List<SearchQuery> any) -> any.stream().anyMatch(SearchQuery::hasPhrase);
      case Not(SearchQuery query) -> query.hasPhrase();
      case Phrase _ -> true;
    };
  }

  /// As [SearchReader] reads it under [dev.mainstay.core.query.Grammar#OPERATORS], which is also
  /// how PostgreSQL writes a `tsquery`: every word in quotes, every part in parentheses.
  default String written() {
    StringBuilder out = new StringBuilder();
    append(this, out);
    return out.toString();
  }

  private static void append(SearchQuery query, StringBuilder out) {
    switch (query) {
      case Word(String text, boolean prefix) ->
          out.append('\'').append(text).append('\'').append(prefix ? ":*" : "");
      case And(List<SearchQuery> all) -> chain(all, " & ", out);
      case Or(List<SearchQuery> any) -> chain(any, " | ", out);
      case Not(SearchQuery inner) -> {
        out.append('!');
        append(inner, out);
      }
      case Phrase(SearchQuery left, SearchQuery right, int distance) ->
          chain(List.of(left, right), distance == 1 ? " <-> " : " <" + distance + "> ", out);
    }
  }

  private static void chain(List<SearchQuery> parts, String operator, StringBuilder out) {
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "(" : operator);
      append(parts.get(i), out);
    }
    out.append(')');
  }
}
