package dev.mainstay.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.query.Grammar;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexemesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "The Cat's hat!          | the cat s hat",
        "foo-bar_baz/qux.txt     | foo bar baz qux txt",
        "NAÏVE ÉCOLE             | naïve école",
        "e\u0301a 日本語 हिन्दी   | e\u0301a 日本語 हिन्दी",
        "a😀b «c» „d“ ½e²        | a b c d e",
        "1e5km 1e5 12e 0x1F a1e5 | 1e5 km 1e5 12e 0x1f a1e5",
        "1e5e6e7                 | 1e5 e6e7",
        "ΣΑΣ                     | σας",
        "` ... `                 | ``",
      })
  void words(String text, String words) {
    assertThat(String.join(" ", Words.of(text))).isEqualTo(words);
  }

  @Test
  void whatIsTooLongIsPassedOver() {
    assertThat(Words.of("a " + "x".repeat(2047) + " b " + "é".repeat(1024) + " c"))
        .containsExactly("a", "b", "c");
    assertThat(Words.of("x".repeat(2046) + " " + "é".repeat(1023))).hasSize(2);
    assertThat(Words.of("a ".repeat(Words.LONGEST_TEXT / 2) + "end")).doesNotContain("end");
  }

  @ParameterizedTest
  @CsvSource({
    "running,run", "generously,generous", "skies,sky", "dying,die", "the,", "news,news",
    "communities,communiti", "hopping,hop", "hoping,hope", "abc123,abc123", "naïvely,naïv", "by,",
    "sky,sky", "yelled,yell", "relational,relat"
  })
  void english(String word, String lexeme) {
    assertThat(Language.ENGLISH.lexeme(word)).isEqualTo(lexeme);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a <-> b         | x a b     | true",
        "a <-> b         | a x b     | false",
        "a <2> b         | a x b     | true",
        "a <0> a:*       | ab a      | true",
        "a <-> b <-> c   | a b c     | true",
        "a <-> (b <-> c) | a x b c   | false",
        "!a <-> b        | b         | true",
        "!a <-> b        | a b       | false",
        "!a <-> b        | a b c b   | true",
        "a <-> !b        | a         | true",
        "a <-> !b        | a b       | false",
        "!(a <-> b)      | a b       | false",
        "!a              | b         | true",
        "x:*             | y xa      | true",
        "(a & b) <-> c   | a b c     | false",
      })
  void phrases(String query, String text, boolean found) {
    SearchQuery read = Objects.requireNonNull(SearchReader.read(Grammar.OPERATORS, query));
    assertThat(Lexemes.of(Language.SIMPLE, text).match(read)).isEqualTo(found);
  }

  @Test
  void placesEndWherePostgresqlsDo() {
    SearchQuery phrase = Objects.requireNonNull(SearchReader.read(Grammar.PHRASE, "a b"));
    assertThat(Lexemes.of(Language.SIMPLE, "x ".repeat(16_381) + "a b").match(phrase)).isTrue();
    assertThat(Lexemes.of(Language.SIMPLE, "x ".repeat(16_383) + "a b").match(phrase)).isFalse();
    assertThat(Lexemes.of(Language.SIMPLE, "a ".repeat(255) + "b").match(phrase)).isTrue();
    assertThat(Lexemes.of(Language.SIMPLE, "a ".repeat(256) + "b").match(phrase)).isFalse();
  }

  @Test
  void wordsThatAreNotSearchedForKeepTheirPlace() {
    SearchQuery read =
        Objects.requireNonNull(SearchReader.read(Grammar.PHRASE, "the cat in the hat of"));
    assertThat(Objects.requireNonNull(Language.ENGLISH.lexemes(read)).written())
        .isEqualTo("('cat' <3> 'hat')");
    assertThat(
            Language.ENGLISH.lexemes(
                Objects.requireNonNull(SearchReader.read(Grammar.WEB, "the or of -a"))))
        .isNull();
  }
}
