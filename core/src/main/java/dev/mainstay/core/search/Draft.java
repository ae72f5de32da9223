package dev.mainstay.core.search;

import dev.mainstay.core.search.SearchQuery.And;
import dev.mainstay.core.search.SearchQuery.Not;
import dev.mainstay.core.search.SearchQuery.Or;
import dev.mainstay.core.search.SearchQuery.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A query of which words may yet turn out to be none: they have no letters, or are too common to
/// be searched for.
///
/// @param query null when nothing is left
/// @param before how many places words that fell out leave before the first that stays
/// @param after and after the last one; when nothing is left, both are the places of all
record Draft(@Nullable SearchQuery query, int before, int after) {
  static Draft of(@Nullable SearchQuery query) {
    return new Draft(query, 0, 0);
  }

  static Draft not(Draft of) {
    return of.query == null ? of : new Draft(new Not(of.query), of.before, of.after);
  }

  static Draft and(List<Draft> all) {
    return all(all, And::new);
  }

  static Draft or(List<Draft> any) {
    return all(any, Or::new);
  }

  /// The query with each word as `word` makes it; null drops the word.
  static Draft mapped(SearchQuery query, Function<SearchQuery.Word, @Nullable SearchQuery> word) {
    return switch (query) {
      case SearchQuery.Word plain -> of(word.apply(plain));
      case And(List<SearchQuery> parts) -> and(each(parts, word));
      case Or(List<SearchQuery> parts) -> or(each(parts, word));
      case Not(SearchQuery inner) -> not(mapped(inner, word));
      case Phrase(SearchQuery left, SearchQuery right, int distance) ->
          phrase(mapped(left, word), mapped(right, word), distance);
    };
  }

  private static List<Draft> each(
      List<SearchQuery> parts, Function<SearchQuery.Word, @Nullable SearchQuery> word) {
    return parts.stream().map(part -> mapped(part, word)).toList();
  }

  private static Draft all(List<Draft> drafts, Function<List<SearchQuery>, SearchQuery> join) {
    List<SearchQuery> left = new ArrayList<>();
    Draft only = null;
    int places = 0;
    for (Draft draft : drafts) {
      places = Math.max(places, draft.before);
      if (draft.query == null) continue;
      left.add(draft.query);
      only = draft;
    }
    if (only == null) return new Draft(null, places, places);
    return left.size() == 1 ? only : of(join.apply(left));
  }

  /// A phrase keeps the distance between the words that stay: `cat in the hat` looks for `hat`
  /// three places after `cat`.
  static Draft phrase(Draft left, Draft right, int distance) {
    if (left.query == null && right.query == null) {
      int places = left.before + distance + right.before;
      return new Draft(null, places, places);
    }
    if (left.query == null)
      return new Draft(right.query, left.before + distance + right.before, right.after);
    if (right.query == null)
      return new Draft(left.query, left.before, left.after + distance + right.after);
    return new Draft(
        new Phrase(left.query, right.query, distance + left.after + right.before),
        left.before,
        right.after);
  }
}
