package dev.mainstay.core.search;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.search.SearchQuery.And;
import dev.mainstay.core.search.SearchQuery.Phrase;
import dev.mainstay.core.search.SearchQuery.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the text of a search, in each [Grammar] as PostgreSQL's function for it does:
/// `to_tsquery`, `plainto_tsquery`, `phraseto_tsquery` and `websearch_to_tsquery`.
///
/// A word as written may hold separators ([Words]); what stands between them is then looked for as
/// a phrase. Words of which nothing is left are as if they were too common to be searched for.
public final class SearchReader {
  /// Words of one query.
  static final int MOST_WORDS = 250;

  private int words;

  private SearchReader() {}

  /// The query, or null when there is no word in it: then nothing is found.
  ///
  /// @throws ProblemException `42601` when the text does not keep to the grammar,
  ///   [Problem.TooLarge] when it has too many words
  public static @Nullable SearchQuery read(Grammar grammar, String text) {
    SearchReader reader = new SearchReader();
    return switch (grammar) {
      case OPERATORS -> new OperatorsReader(text, reader).read();
      case PLAIN -> reader.joined(Words.of(text), false, false);
      case PHRASE -> reader.joined(Words.of(text), false, true);
      case WEB -> new WebReader(text, reader).read();
    };
  }

  /// What one word as written looks for.
  @Nullable SearchQuery word(String written, boolean prefix) {
    return joined(Words.of(written), prefix, true);
  }

  private @Nullable SearchQuery joined(List<String> parts, boolean prefix, boolean inOrder) {
    words += parts.size();
    if (words > MOST_WORDS)
      throw new ProblemException(new Problem.TooLarge(Problem.TooLarge.What.QUERY, MOST_WORDS));
    if (parts.isEmpty()) return null;
    List<SearchQuery> all = new ArrayList<>();
    for (String part : parts) all.add(new Word(part, prefix));
    if (all.size() == 1) return all.getFirst();
    if (!inOrder) return new And(all);
    SearchQuery phrase = all.getFirst();
    for (SearchQuery next : all.subList(1, all.size())) phrase = new Phrase(phrase, next, 1);
    return phrase;
  }
}
