package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.search.Language;
import dev.mainstay.core.search.Lexemes;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The words that engines without a language of their own are given are PostgreSQL's.
class SearchWordsTest {
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  /// Stemmed as `ad` and `of` before PostgreSQL 18.
  private static final Pattern SINCE_SNOWBALL_3 =
      Pattern.compile("(add|ebb|egg|odd|off)(ed|ing)(ly)?");

  private static final List<String> STEMS =
      List.of(
          "abil", "act", "agre", "attain", "beauti", "bound", "cri", "commun", "commut", "depend",
          "dy", "fli", "generat", "gener", "gree", "happ", "hop", "hopp", "inform", "invent", "ly",
          "mat", "motor", "nat", "organ", "past", "add", "off", "plast", "rat", "ration", "sens",
          "sky", "tann", "tie", "toy", "troubl", "try", "univers", "vari", "vil", "yell", "arsen",
          "later", "inter");
  private static final List<String> SUFFIXES =
      List.of(
          "", "s", "ss", "us", "es", "ies", "ied", "ed", "edly", "eed", "eedly", "ing", "ingly",
          "y", "ly", "li", "e", "al", "ally", "ational", "ation", "ator", "alism", "ality", "ative",
          "ance", "ence", "ency", "er", "ic", "ical", "icate", "icity", "able", "ably", "ible",
          "ibly", "ant", "ement", "ment", "ent", "ently", "ism", "ate", "ous", "ously", "ousness",
          "ive", "ively", "iveness", "ivity", "ize", "izer", "ization", "ion", "ful", "fully",
          "fulness", "less", "lessly", "ness", "logy", "ogist", "tional", "ll", "elle");

  @ParameterizedTest
  @EnumSource
  void stemsAndStops(PostgresVersion version) throws SQLException, IOException {
    List<String> differences = new ArrayList<>();
    try (Connection connection = PostgresServer.connect(PostgresServer.shared(version).database());
        PreparedStatement lexize =
            connection.prepareStatement(
                "SELECT array_to_string(ts_lexize('english_stem', ?), ' ')")) {
      for (String word : words()) {
        if (version == PostgresVersion.V15 && SINCE_SNOWBALL_3.matcher(word).matches()) continue;
        lexize.setString(1, word);
        try (ResultSet row = lexize.executeQuery()) {
          row.next();
          String own = String.join(" ", Lexemes.of(Language.ENGLISH, word).all());
          if (!own.equals(row.getString(1)))
            differences.add(word + ": " + own + ", not " + row.getString(1));
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  /// Every suffix on every stem, and the words of the handbook.
  private static SortedSet<String> words() throws IOException {
    SortedSet<String> words = new TreeSet<>();
    for (String stem : STEMS) for (String suffix : SUFFIXES) words.add(stem + suffix);
    try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList())
        WORD.matcher(Files.readString(file).toLowerCase(Locale.ROOT))
            .results()
            .forEach(found -> words.add(found.group()));
    }
    return words;
  }
}
