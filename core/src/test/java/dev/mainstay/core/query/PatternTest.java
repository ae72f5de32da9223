package dev.mainstay.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          abc | abc | true
          abc | ab | false
          `` | `` | true
          `` | % | true
          `` | _ | false
          abc | % | true
          abc | %c | true
          abc | %b | false
          abc | a%b%c | true
          aXbXbc | a%bc | true
          abab | %ab | true
          mississippi | %iss%ip% | true
          mississippi | %iss%ib% | false
          😀 | _ | true
          a😀b | a_b | true
          a😀😀b | %_b | true
          50% | 50\\% | true
          50x | 50\\% | false
          a_b | a\\_b | true
          axb | a\\_b | false
          a\\b | a\\\\b | true
          abc | \\a\\b\\c | true
          `a
          b` | a%b | true
          ABC | abc | false
          """)
  void like(String text, String pattern, boolean expected) {
    assertThat(LikePattern.of(pattern, false).matches(text)).isEqualTo(expected);
  }

  @Test
  void ilikeFoldsAsTheRootLocaleDoes() {
    assertThat(LikePattern.of("ÄÖ%", true).matches("äöü")).isTrue();
    assertThat(LikePattern.of("title", true).matches("TITLE")).isTrue();
    assertThat(LikePattern.of("ΟΔΟΣ", true).matches("οδος")).isTrue();
    assertThat(LikePattern.of("straße", true).matches("STRASSE")).isFalse();
  }

  @Test
  void likeRefusesALoneBackslashAndIsNotQuadraticTwice() {
    assertThat(LikePattern.of("a\\", false)).isNull();
    LikePattern stars = LikePattern.of("%a".repeat(1000) + "%b", false);
    assertThat(stars.matches("a".repeat(5000))).isFalse();
  }

  @Test
  void escapesTextForLike() {
    for (String text : List.of("50%", "a_b", "\\", "plain", "%_\\"))
      assertThat(LikePattern.of(LikePattern.escaped(text), false).matches(text)).isTrue();
    assertThat(LikePattern.of(LikePattern.escaped("a%"), false).matches("ab")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ^a+b*c?$
          a|(b|c)|(?:d)
          [a-z0-9_-]{2,255}
          []a]
          [^]a]
          [[:alpha:]]
          \\d\\w\\s\\D\\W\\S
          [\\d\\]]
          \\.\\*\\(
          a.b
          """)
  void regularExpressionsThatMeanTheSameEverywhere(String regex) {
    assertThat(Regex.complaint(regex)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          (; missing closing )
          \\bfoo; \\b does not mean the same on every engine
          [\\D]; \\D does not mean the same on every engine
          \\pL; \\p does not mean the same on every engine
          (?i)a; (? is understood before : only
          [[.a.]]; [. does not mean the same on every engine
          a{256}; more than 255 repeats
          """)
  void regularExpressionsThatDoNot(String regex, String complaint) {
    assertThat(Regex.complaint(regex)).isEqualTo(complaint);
  }

  @Test
  void aDotMatchesALineEnd() {
    assertThat(Regex.compile("a.b", false).matcher("a\nb").find()).isTrue();
    assertThat(Regex.compile("a$", false).matcher("a\nb").find()).isFalse();
  }
}
