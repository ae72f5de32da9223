package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.api.http.Headers;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReadersTest {
  static Headers headers(String name, String... values) {
    return new Headers(Map.of(name, List.of(values)));
  }

  static final long ALL = Long.MAX_VALUE;

  // ── Range ──

  static List<Arguments> ranges() {
    return List.of(
        Arguments.of("0-24", new Page(0, 25)),
        Arguments.of("10-", new Page(10, ALL)),
        Arguments.of("5-5", new Page(5, 1)),
        Arguments.of("0-99999999999999999999", new Page(0, ALL)),
        Arguments.of("99999999999999999999-", new Page(ALL - 1, ALL)),
        Arguments.of("bytes=0-24", Page.ALL),
        Arguments.of("-5", Page.ALL),
        Arguments.of("0-24,30-40", Page.ALL),
        Arguments.of("a-b", Page.ALL),
        Arguments.of("", Page.ALL));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void readsRange(String range, Page page) {
    assertThat(RangeReader.range(headers("range", range))).isEqualTo(page);
  }

  @Test
  void knowsOfNoRange() {
    assertThat(RangeReader.range(Headers.NONE)).isEqualTo(Page.ALL);
  }

  static List<Arguments> pages() {
    return List.of(
        Arguments.of(new Page(0, 25), Page.of(10L, 5L), new Page(5, 10)),
        Arguments.of(new Page(0, 10), Page.of(10L, 5L), new Page(5, 5)),
        Arguments.of(new Page(10, ALL), Page.of(20L, null), new Page(10, 10)),
        Arguments.of(Page.ALL, Page.of(null, 3L), new Page(3, ALL)),
        Arguments.of(new Page(7, 3), Page.of(0L, null), new Page(0, 0)),
        Arguments.of(Page.ALL, Page.of(0L, 0L), new Page(0, 0)),
        Arguments.of(Page.ALL, Page.of(null, -1L), Page.ALL),
        Arguments.of(Page.ALL, Page.of(5L, -2L), new Page(0, 3)),
        Arguments.of(Page.ALL, Page.of(ALL - 1, ALL - 1), new Page(ALL - 1, ALL)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void takesTheRowsThatAreInBothPages(Page range, Page query, Page both) {
    assertThat(range.and(query)).isEqualTo(both);
  }

  static Problem problem(Runnable code) {
    return catchThrowableOfType(ProblemException.class, code::run).problem();
  }

  @Test
  void refusesPagesThatDoNotExist() {
    assertThat(problem(() -> RangeReader.range(headers("range", "5-2"))))
        .isEqualTo(
            new Problem.UnsatisfiableRange(
                "The lower boundary must be lower than or equal to the upper boundary in the Range"
                    + " header."));
    assertThat(problem(() -> new Page(0, 5).and(Page.of(null, 10L))))
        .isEqualTo(
            new Problem.UnsatisfiableRange("Limit should be greater than or equal to zero."));
  }

  @ParameterizedTest
  @CsvSource({
    "5,5",
    "-5,-5",
    "' 7 ',7",
    "99999999999999999999,9223372036854775806",
    "1.5,",
    "x,",
    "'',",
    "-,",
    "1e3,",
    "٣,"
  })
  void readsNumbers(String text, Long number) {
    assertThat(RangeReader.number(text)).isEqualTo(number);
  }

  // ── Prefer ──

  @Test
  void readsEveryPreference() {
    assertThat(
            Preferences.read(
                headers(
                    "prefer",
                    "resolution=merge-duplicates, count=exact,  return=representation ,missing=default",
                    "handling=strict",
                    "timezone=Europe/Rome,max-affected=10,tx=rollback,respond-async",
                    "resolution=ignore-duplicates")))
        .isEqualTo(
            new Preferences(
                Preferences.Resolution.MERGE,
                Preferences.Missing.DEFAULT,
                Preferences.Returning.REPRESENTATION,
                Preferences.Count.EXACT,
                Preferences.Transaction.ROLLBACK,
                Preferences.Handling.STRICT,
                ZoneId.of("Europe/Rome"),
                10L,
                List.of("respond-async")));
  }

  @Test
  void refusesUnknownPreferencesOnlyWhenStrict() {
    Preferences.read(headers("prefer", "handling=lenient, a, b")).check();
    assertThat(problem(() -> Preferences.read(headers("prefer", "handling=strict,a, b=c")).check()))
        .isEqualTo(new Problem.UnknownPreferences(List.of("a", "b=c")));
  }

  @ParameterizedTest
  @CsvSource({
    "READ,'count=exact, tx=commit, handling=strict, timezone=Europe/Rome'",
    "INSERT,'resolution=merge-duplicates, missing=default, return=minimal, count=exact,"
        + " tx=commit, handling=strict, timezone=Europe/Rome'",
    "UPDATE,'missing=default, return=minimal, count=exact, tx=commit, handling=strict,"
        + " timezone=Europe/Rome, max-affected=3'",
    "PUT,'return=minimal, count=exact, tx=commit, handling=strict, timezone=Europe/Rome'",
    "DELETE,'return=minimal, count=exact, tx=commit, handling=strict, timezone=Europe/Rome,"
        + " max-affected=3'"
  })
  void saysWhichPreferencesItHonoured(Preferences.Honoured honoured, String applied) {
    Preferences preferences =
        Preferences.read(
            headers(
                "prefer",
                "max-affected=3,handling=strict,count=exact,return=minimal,missing=default",
                "tx=commit,tx=rollback",
                "timezone=Europe/Rome",
                "resolution=merge-duplicates"));
    assertThat(preferences.applied(honoured)).isEqualTo(applied);
    assertThat(Preferences.read(Headers.NONE).applied(honoured)).isNull();
  }

  @Test
  void leavesTransactionsToTheServer() {
    Preferences preferences = Preferences.read(headers("prefer", "tx=rollback, handling=strict"));
    preferences.check();
    assertThat(preferences.withoutTransaction().applied(Preferences.Honoured.READ))
        .isEqualTo("handling=strict");
  }

  @Test
  void takesZonesByTheNamesTheyHaveForUnknownOtherwise() {
    assertThat(Preferences.read(headers("prefer", "timezone=Asia/Kolkata")).timezone())
        .isEqualTo(ZoneId.of("Asia/Kolkata"));
    for (String name : List.of("Nowhere", "asia/kolkata", "+05:30", ""))
      assertThat(Preferences.read(headers("prefer", "timezone=" + name)).unknown())
          .containsExactly("timezone=" + name);
  }

  @Test
  void boundsAWriteOnlyWhenStrict() {
    assertThat(Preferences.read(headers("prefer", "max-affected=3")).atMost()).isNull();
    assertThat(Preferences.read(headers("prefer", "max-affected=3,handling=strict")).atMost())
        .isEqualTo(3);
  }

  // ── path ──

  @Test
  void findsTheWay() {
    assertThat(Route.of("/")).isEqualTo(new Route.Root());
    assertThat(Route.of("/tracks")).isEqualTo(new Route.Relation("tracks"));
    assertThat(Route.of("/a%20b%C5%9F+c")).isEqualTo(new Route.Relation("a bş+c"));
    assertThat(Route.of("/rpc")).isEqualTo(new Route.Relation("rpc"));
    assertThat(Route.of("/rpc/add")).isEqualTo(new Route.Function("add"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tracks/", "/a/b", "//", "/rpc/", "/rpc/a/b"})
  void knowsNoOtherPath(String path) {
    assertThat(problem(() -> Route.of(path))).isEqualTo(new Problem.NoSuchPath());
  }
}
