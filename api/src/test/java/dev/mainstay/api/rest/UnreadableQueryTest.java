package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableQueryTest {
  static Problem problem(String query) {
    return Assertions.catchThrowableOfType(
            ProblemException.class, () -> QueryReaderTest.rows(query))
        .problem();
  }

  static Arguments bad(String query, String kind, String text, int column, String details) {
    String message =
        "\"failed to parse %s (%s)\" (line 1, column %d)".formatted(kind, text, column);
    return Arguments.of(query, new Problem.UnreadableQuery(message, details));
  }

  static Arguments select(String text, int column, String details) {
    return bad("select=" + QueryString.escaped(text), "select parameter", text, column, details);
  }

  static Arguments order(String text, int column, String details) {
    return bad("order=" + text, "order", text, column, details);
  }

  static Arguments filter(String text, int column, String details) {
    return bad("id=" + text, "filter", text, column, details);
  }

  /// The column counts from the logic operator, which is put before the text.
  static Arguments logic(String operator, String text, int column, String details) {
    return bad(operator + "=" + text, "logic tree", text, column, details);
  }

  static List<Arguments> unreadable() {
    String operator = "operator (eq, gt, ...)";
    String name = "field name (* or [a..z0..9_$])";
    String item = "\"...\", " + name + ", \"*\" or \"count()\"";
    String orderEnd = "expecting delimiter (.), \",\" or end of input";
    return List.of(
        filter("noop.0", 1, "unexpected \"o\" expecting \"not\" or " + operator),
        filter("val", 1, "unexpected \"v\" expecting \"not\" or " + operator),
        filter("", 1, "unexpected end of input expecting \"not\" or " + operator),
        filter("eq", 3, "unexpected end of input expecting " + operator),
        filter("eqx.1", 3, "unexpected \"x\" expecting " + operator),
        filter("notx.1", 4, "unexpected \"x\" expecting delimiter (.)"),
        filter("not.foo.1", 5, "unexpected \"f\" expecting " + operator),
        filter("eq().value", 4, "unexpected \")\" expecting " + operator),
        filter("is().value", 3, "unexpected \"(\" expecting " + operator),
        filter("in().value", 3, "unexpected \"(\" expecting " + operator),
        filter("eq(any.{1}", 7, "unexpected \".\" expecting " + operator),
        filter("eq(an).{1}", 4, "unexpected \"a\" expecting " + operator),
        filter("fts().cat", 5, "unexpected \")\" expecting " + operator),
        filter("fts(english.cat", 12, "unexpected \".\" expecting " + operator),
        filter("wfts(english", 13, "unexpected end of input expecting " + operator),
        filter("is.nullx", 8, "unexpected 'x' expecting end of input"),
        filter("neq(any).{1}", 4, "unexpected \"(\" expecting " + operator),
        filter("in.1,2", 4, "unexpected \"1\" expecting \"(\""),
        filter("in.(1,2", 8, "unexpected end of input expecting \",\" or \")\""),
        filter("in.(1)x", 7, "unexpected 'x' expecting end of input"),
        filter(
            "is.nothing",
            4,
            "unexpected \"n\" expecting isVal: (null, not_null, true, false, unknown)"),
        bad(
            "\"a=eq.1",
            "tree path",
            "\"a",
            3,
            "unexpected end of input expecting \"\\\\\" or \"\\\"\""),
        bad(
            "a(b)=eq.1",
            "tree path",
            "a(b)",
            2,
            "unexpected '(' expecting letter, digit, \"-\", delimiter (.), \"->>\", \"->\" or end"
                + " of input"),
        select(
            "name!hint",
            5,
            "unexpected '!' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\","
                + " \",\" or end of input"),
        select("*!hint", 2, "unexpected '!' expecting \")\", \",\" or end of input"),
        select("name::", 7, "unexpected end of input expecting letter or digit"),
        select(
            "id,clients(name[])",
            16,
            "unexpected '[' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\","
                + " \",\" or end of input"),
        select(
            "data->>-78xy",
            11,
            "unexpected 'x' expecting digit, \"->\", \"::\", \".\", \",\" or end of input"),
        select("data->>--34", 9, "unexpected \"-\" expecting digit"),
        select("data->>-xy-4", 9, "unexpected \"x\" expecting digit"),
        select("a-:b", 3, "unexpected \":\" expecting \">\", letter or digit"),
        select("a:b:c", 4, "unexpected \"c\" expecting \"::\""),
        select(
            "a(,b)", 3, "unexpected \",\" expecting " + item.replace("\" or", "\",") + " or \")\""),
        select("a,,b", 3, "unexpected \",\" expecting " + item),
        select("a,", 3, "unexpected end of input expecting " + item),
        select(
            "a(",
            3,
            "unexpected end of input expecting " + item.replace("\" or", "\",") + " or \")\""),
        select("\"a", 3, "unexpected end of input expecting \"\\\\\" or \"\\\"\""),
        select("a:", 3, "unexpected end of input expecting \":\" or " + name),
        select(
            "a->",
            4,
            "unexpected end of input expecting \"-\", digit or any non reserved character"
                + " different from: .,>()"),
        select("rel(*", 6, "unexpected end of input expecting \")\", \",\" or end of input"),
        select("rel(*)x", 7, "unexpected 'x' expecting \",\" or end of input"),
        select(
            "...rel", 7, "unexpected end of input expecting letter, digit, \"-\", \"!\" or \"(\""),
        order(
            "clients(name,id)",
            8,
            "unexpected '(' expecting letter, digit, \"-\", \"->>\", \"->\", delimiter (.), \",\""
                + " or end of input"),
        order(
            "id.ac",
            4,
            "unexpected \"c\" expecting \"asc\", \"desc\", \"nullsfirst\" or \"nullslast\""),
        order("id.descc", 8, "unexpected 'c' " + orderEnd),
        order("id.nullslasttt", 13, "unexpected 't' expecting \",\" or end of input"),
        order("id.asc.nlsfst", 8, "unexpected \"l\" expecting \"nullsfirst\" or \"nullslast\""),
        order("id.asc.nullslasttt", 17, "unexpected 't' expecting \",\" or end of input"),
        order("", 1, "unexpected end of input expecting " + name),
        logic(
            "or",
            "()",
            4,
            "unexpected \")\" expecting "
                + name
                + ", negation operator (not) or logic operator (and, or)"),
        logic("or", "(id.in.1,2,id.eq.3)", 10, "unexpected \"1\" expecting \"(\""),
        logic("or", ")(", 3, "unexpected \")\" expecting \"(\""),
        logic("and", "(ord(id.eq.1,id.eq.1),id.eq.2)", 7, "unexpected \"d\" expecting \"(\""),
        logic(
            "or",
            "(id.eq.1,not.xor(id.eq.2,id.eq.3))",
            16,
            "unexpected \"x\" expecting logic operator (and, or)"),
        logic("or", "(id.eq.1)x", 12, "unexpected 'x' expecting end of input"),
        bad("columns=a,,b", "columns parameter", "a,,b", 3, "unexpected \",\" expecting " + name));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void saysWhereAndWhatWasExpected(String query, Problem problem) {
    assertThat(problem(query)).isEqualTo(problem);
  }

  static List<Arguments> refused() {
    String query = "failed to parse the query string";
    return List.of(
        Arguments.of("a=eq.%00", new Problem.UnreadableQuery(query, "a NUL character")),
        Arguments.of("a=eq.%ff", new Problem.UnreadableQuery(query, "text that is not UTF-8")),
        Arguments.of("%c3=eq.1", new Problem.UnreadableQuery(query, "text that is not UTF-8")),
        Arguments.of(
            "a=eq.1&".repeat(1001),
            new Problem.UnreadableQuery(query, "more than 1000 parameters")),
        Arguments.of("rel.id=eq.1", new Problem.NotEmbedded("rel")),
        Arguments.of("select=a(*)&a.b.order=id", new Problem.NotEmbedded("b")),
        Arguments.of("b.or=(id.eq.1)", new Problem.NotEmbedded("b")),
        Arguments.of("b.limit=1", new Problem.NotEmbedded("b")),
        Arguments.of(
            "limit=-1",
            new Problem.UnsatisfiableRange("Limit should be greater than or equal to zero.")),
        Arguments.of(
            "limit=0&offset=1",
            new Problem.UnsatisfiableRange("Limit should be greater than or equal to zero.")),
        Arguments.of(
            "select=r(*)&r.limit=-1",
            new Problem.Database("2201W", "LIMIT must not be negative", null, null)),
        Arguments.of(
            "select=r(*)&r.offset=-1",
            new Problem.Database("2201X", "OFFSET must not be negative", null, null)),
        Arguments.of(
            "id=eq(any).1,2",
            new Problem.Database("22P02", "malformed array literal: \"1,2\"", null, null)),
        Arguments.of(
            "id=eq(any).{1,{2}}",
            new Problem.Database("22P02", "malformed array literal: \"{1,{2}}\"", null, null)),
        Arguments.of(
            "id=eq(any).{{1,2},{3,4}}",
            new Problem.Unsupported("a list of lists after any or all")),
        Arguments.of(
            "select=data->2147483648",
            new Problem.ValueOutOfRange(
                "22003", "value \"+2147483648\" is out of range for type integer")),
        Arguments.of("select=data->>a->b", new Problem.NoSuchOperator("->", "text", "unknown")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(String query, Problem problem) {
    assertThat(problem(query)).isEqualTo(problem);
  }

  static List<Arguments> excessive() {
    return List.of(
        Arguments.of("or=" + "(or".repeat(10_000), "logic nested deeper than 64"),
        Arguments.of("or=" + "(not.and".repeat(10_000), "logic nested deeper than 64"),
        Arguments.of("select=" + "a(".repeat(10_000), "embeds nested deeper than 16"),
        Arguments.of("select=a" + ",a".repeat(10_000), "more than 1000 columns and embeds in all"),
        Arguments.of("order=a" + ",a".repeat(10_000), "more than 1000 columns and embeds in all"),
        Arguments.of(
            "select=" + "a-".repeat(30_000) + "a,,",
            "unexpected \",\" expecting \"...\", field name (* or [a..z0..9_$]), \"*\" or"
                + " \"count()\""),
        Arguments.of("select=a" + "->a".repeat(10_000), "more than 1000 columns and embeds in all"),
        Arguments.of("columns=a" + ",a".repeat(10_000), "more than 1000 columns and embeds in all"),
        Arguments.of("id=in.(1" + ",1".repeat(100_000), "more than 10000 values in lists in all"),
        Arguments.of(
            "id=eq(any).{1" + ",1".repeat(100_000) + "}", "more than 10000 values in lists in all"),
        Arguments.of(
            "or=(a.eq.1" + ",a.eq.1".repeat(1_000) + ")", "more than 1000 conditions in all"));
  }

  @ParameterizedTest
  @MethodSource("excessive")
  void refusesWhatIsTooDeepOrTooMuch(String query, String details) {
    assertThat(problem(query))
        .isInstanceOfSatisfying(
            Problem.UnreadableQuery.class,
            problem -> {
              assertThat(problem.details()).isEqualTo(details);
              assertThat(problem.message().length()).isLessThan(700);
            });
  }

  /// Whatever is written, it is read or refused, and soon.
  @Test
  void readsOrRefusesAnyText() {
    Random random = new Random(20261121);
    List<String> pieces =
        List.of(
            "a",
            "id",
            "rel",
            "(",
            ")",
            ",",
            ".",
            ":",
            "::",
            "->",
            "->>",
            "!",
            "*",
            "\"",
            "\\",
            "{",
            "}",
            "-",
            "1",
            "not",
            "and",
            "or",
            "in",
            "is",
            "eq",
            "like",
            "(any)",
            "fts",
            "null",
            "...",
            "inner",
            "count()",
            "sum()",
            "%00",
            "%c3",
            "%",
            "+",
            "&",
            "=",
            "select=",
            "order=",
            "or=",
            "and=",
            "limit=",
            "offset=",
            "columns=",
            "ş",
            "\t",
            " ");
    Assertions.assertThatCode(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                StringBuilder query = new StringBuilder();
                int length = random.nextInt(40);
                if (random.nextBoolean()) query.append("select=rel(a)&");
                for (int j = 0; j < length; j++)
                  query.append(pieces.get(random.nextInt(pieces.size())));
                try {
                  QueryReaderTest.rows(query.toString());
                } catch (ProblemException expected) {
                  assertThat(expected.problem()).isNotNull();
                } catch (RuntimeException e) {
                  throw new AssertionError(query.toString(), e);
                }
              }
            })
        .doesNotThrowAnyException();
  }
}
