package dev.mainstay.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Grammar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "OPERATORS | Cat                 | 'cat'",
        "OPERATORS | a&b                 | ('a' & 'b')",
        "OPERATORS | `a | b & c <-> !d`  | `('a' | ('b' & ('c' <-> !'d')))`",
        "OPERATORS | `(a | b) & c`       | `(('a' | 'b') & 'c')`",
        "OPERATORS | a <-> b <3> c       | (('a' <-> 'b') <3> 'c')",
        "OPERATORS | a<->b               | ('a' <-> 'b')",
        "OPERATORS | a <0> b             | ('a' <0> 'b')",
        "OPERATORS | !!a                 | !!'a'",
        "OPERATORS | ca:*                | 'ca':*",
        "OPERATORS | ca:                 | 'ca'",
        "OPERATORS | 'it''s a \\\\ b':*  | ((('it':* <-> 's':*) <-> 'a':*) <-> 'b':*)",
        "OPERATORS | foo-bar             | ('foo' <-> 'bar')",
        "OPERATORS | a\\ b               | ('a' <-> 'b')",
        "OPERATORS | a & +++             | 'a'",
        "OPERATORS | +++                 | none",
        "OPERATORS | `a <-> + <-> b`     | ('a' <2> 'b')",
        "OPERATORS | `` | none",
        "OPERATORS | `  ` | none",
        "PLAIN     | `The: cat & 'hat' |`| ('the' & 'cat' & 'hat')",
        "PLAIN     | !!!                 | none",
        "PHRASE    | The cat's hat       | ((('the' <-> 'cat') <-> 's') <-> 'hat')",
        "WEB       | a b                 | ('a' & 'b')",
        "WEB       | `a OR b c or -d`    | `('a' | ('b' & 'c') | !'d')`",
        "WEB       | \"a b\" -\"c d\"    | (('a' <-> 'b') & !('c' <-> 'd'))",
        "WEB       | \"not closed        | ('not' <-> 'closed')",
        "WEB       | or a or             | ('or' & 'a' & 'or')",
        "WEB       | a orb               | ('a' & 'orb')",
        "WEB       | a or-b              | ('a' & ('or' <-> 'b'))",
        "WEB       | foo:bar (baz)       | ('foo' & 'bar' & 'baz')",
        "WEB       | --a                 | 'a'",
        "WEB       | -                   | none",
        "WEB       | a -                 | 'a'",
      })
  void reads(Grammar grammar, String text, @Nullable String query) {
    SearchQuery read = SearchReader.read(grammar, text);
    assertThat(read == null ? null : read.written()).isEqualTo(query);
    if (read != null)
      assertThat(SearchReader.read(Grammar.OPERATORS, read.written())).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fat cat      | 42601 | syntax error in tsquery: \"fat cat\"",
        "fat &        | 42601 | no operand in tsquery: \"fat &\"",
        "`fat | | b`  | 42601 | `syntax error in tsquery: \"fat | | b\"`",
        "<-> fat      | 42601 | syntax error in tsquery: \"<-> fat\"",
        "(a b)        | 42601 | syntax error in tsquery: \"(a b)\"",
        "a ()         | 42601 | syntax error in tsquery: \"a ()\"",
        "a <x> b      | 42601 | syntax error in tsquery: \"a <x> b\"",
        "a:1          | 42601 | syntax error in tsquery: \"a:1\"",
        ":a           | 42601 | syntax error in tsquery: \":a\"",
        "''           | 42601 | syntax error in tsquery: \"''\"",
        "a !b         | 42601 | syntax error in tsquery: \"a !b\"",
        "a\\          | 42601 | there is no escaped character: \"a\\\"",
        "a <16385> b  | 22023 | distance in phrase operator must be an integer value between zero"
            + " and 16384 inclusive",
      })
  void refuses(String text, String state, String message) {
    assertThat(refusal(text)).isEqualTo(new Problem.Database(state, message, null, null));
  }

  @Test
  void isBounded() {
    assertThat(refusal("a & ".repeat(250) + "a")).isInstanceOf(Problem.TooLarge.class);
    assertThat(refusal("(".repeat(200) + "a" + ")".repeat(200)))
        .isInstanceOf(Problem.TooLarge.class);
    assertThat(refusal("!".repeat(10_000) + "a")).isInstanceOf(Problem.TooLarge.class);
    assertThat(refusal("a:A")).isInstanceOf(Problem.Unsupported.class);
    assertThat(SearchReader.read(Grammar.OPERATORS, "a & ".repeat(249) + "a")).isNotNull();
    assertThat(SearchReader.read(Grammar.WEB, "-".repeat(10_000) + "a")).isNotNull();
  }

  private static Problem refusal(String text) {
    return catchThrowableOfType(
            ProblemException.class, () -> SearchReader.read(Grammar.OPERATORS, text))
        .problem();
  }
}
