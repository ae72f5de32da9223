package dev.mainstay.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The lexemes of a text and where they stand, as a `tsvector` of PostgreSQL has them: places count
/// from 1 and not beyond 16,383, and of each lexeme the first 255 are kept.
public final class Lexemes {
  private static final int LAST_PLACE = 16_383;
  private static final int MOST_PLACES = 255;
  private static final Places NOWHERE = new Places(new int[0], false, 0);

  private final TreeMap<String, List<Integer>> places = new TreeMap<>();

  private Lexemes() {}

  public static Lexemes of(Language language, String text) {
    Lexemes lexemes = new Lexemes();
    int place = 0;
    for (String word : Words.of(text)) {
      place = Math.min(place + 1, LAST_PLACE);
      String lexeme = language.lexeme(word);
      if (lexeme == null) continue;
      List<Integer> own = lexemes.places.computeIfAbsent(lexeme, _ -> new ArrayList<>());
      if (own.size() < MOST_PLACES && (own.isEmpty() || own.getLast() < place)) own.add(place);
    }
    return lexemes;
  }

  /// Each once, in order.
  public Collection<String> all() {
    return places.keySet();
  }

  /// Whether the text is what the query, by lexemes of the same language, looks for.
  public boolean match(SearchQuery query) {
    return switch (query) {
      case SearchQuery.Word word -> !found(word).isEmpty();
      case SearchQuery.And(List<SearchQuery> all) -> all.stream().allMatch(this::match);
      case SearchQuery.Or(List<SearchQuery> any) -> any.stream().anyMatch(this::match);
      case SearchQuery.Not(SearchQuery inner) -> !match(inner);
      case SearchQuery.Phrase phrase -> !places(phrase).isNowhere();
    };
  }

  /// The places where a part of a phrase ends, or with `except` all but those.
  ///
  /// @param width how many places before its end a part begins
  private record Places(int[] at, boolean except, int width) {
    boolean isNowhere() {
      return at.length == 0 && !except;
    }

    /// @param by how many places further on
    boolean holds(int place, int by) {
      return (Arrays.binarySearch(at, place - by) >= 0) != except;
    }
  }

  private Places places(SearchQuery query) {
    return switch (query) {
      case SearchQuery.Word word ->
          new Places(
              found(word).values().stream()
                  .flatMap(List::stream)
                  .mapToInt(Integer::intValue)
                  .sorted()
                  .distinct()
                  .toArray(),
              false,
              0);
      case SearchQuery.Not(SearchQuery inner) -> {
        Places of = places(inner);
        yield new Places(of.at(), !of.except(), of.width());
      }
      case SearchQuery.And(List<SearchQuery> all) ->
          all.stream().map(this::places).reduce((a, b) -> aligned(a, b, true)).orElseThrow();
      case SearchQuery.Or(List<SearchQuery> any) ->
          any.stream().map(this::places).reduce((a, b) -> aligned(a, b, false)).orElseThrow();
      case SearchQuery.Phrase(SearchQuery left, SearchQuery right, int distance) -> {
        Places first = places(left);
        Places then = places(right);
        int behind = distance + then.width();
        yield first.isNowhere() || then.isNowhere()
            ? NOWHERE
            : joined(first, behind, then, 0, first.width() + behind, true);
      }
    };
  }

  /// Two parts that begin together.
  private static Places aligned(Places one, Places other, boolean both) {
    // To PostgreSQL a part that is nowhere has no width.
    if (one.isNowhere()) return both ? NOWHERE : other;
    if (other.isNowhere()) return both ? NOWHERE : one;
    int width = Math.max(one.width(), other.width());
    return joined(one, width - one.width(), other, width - other.width(), width, both);
  }

  /// Where both hold, or either.
  private static Places joined(
      Places one, int oneBy, Places other, int otherBy, int width, boolean both) {
    boolean except = both ? one.except() && other.except() : one.except() || other.except();
    int[] at =
        IntStream.concat(
                Arrays.stream(one.at()).map(place -> place + oneBy),
                Arrays.stream(other.at()).map(place -> place + otherBy))
            .sorted()
            .distinct()
            .filter(
                place -> {
                  boolean a = one.holds(place, oneBy);
                  boolean b = other.holds(place, otherBy);
                  return (both ? a && b : a || b) != except;
                })
            .toArray();
    return new Places(at, except, width);
  }

  private SortedMap<String, List<Integer>> found(SearchQuery.Word word) {
    String from = word.text();
    if (word.prefix()) return places.subMap(from, from + Character.MAX_VALUE);
    List<Integer> own = places.get(from);
    SortedMap<String, List<Integer>> one = new TreeMap<>();
    if (own != null) one.put(from, own);
    return one;
  }
}
