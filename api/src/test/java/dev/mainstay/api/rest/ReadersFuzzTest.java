package dev.mainstay.api.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mainstay.api.http.Headers;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever text comes, a reader makes something of it or refuses it with a problem: the same each
/// time, within its quota, and what is written back as text is read as the same again.
///
/// Here the readers get the seeds alone; `./fuzz` goes on from those.
class ReadersFuzzTest {
  private static final String FIELD = "field";

  @MethodSource("queries")
  @FuzzTest
  void query(byte[] text) {
    String query = new String(text, ISO_8859_1);
    Asked.Rows rows = read(query);
    if (rows == null) return;
    assertThat(read(query)).as("read again").isEqualTo(rows);
    AskedSize.assertWithinQuota(rows);
    String written = AskedText.query(rows);
    assertThat(read(written)).as(written).isEqualTo(rows);
    String canonical = QueryString.read(query).canonical();
    assertThat(QueryString.read(canonical).canonical()).isEqualTo(canonical);
  }

  @MethodSource("selects")
  @FuzzTest
  void select(byte[] text) {
    Asked.Rows rows = select(new String(text, UTF_8));
    if (rows == null) return;
    AskedSize.assertWithinQuota(rows);
    String written = AskedText.select(rows.items());
    assertThat(select(written)).as(written).isEqualTo(rows);
  }

  @MethodSource("trees")
  @FuzzTest
  void logic(byte[] text) {
    Asked.Condition condition = logic("and", new String(text, UTF_8));
    if (condition == null) return;
    AskedSize.assertWithinQuota(condition);
    // `and` alone may also be a column's name.
    if (!(condition instanceof Asked.Condition.And and)) return;
    String written = AskedText.members(and.all());
    assertThat(logic("and", written)).as(written).isEqualTo(condition);
  }

  @MethodSource("filters")
  @FuzzTest
  void filter(byte[] text) {
    Asked.Condition condition = filter(new String(text, UTF_8));
    if (condition == null) return;
    AskedSize.assertWithinQuota(condition);
    String written = AskedText.test(condition, false);
    assertThat(filter(written)).as(written).isEqualTo(condition);
  }

  @MethodSource("orders")
  @FuzzTest
  void order(byte[] text) {
    List<Asked.Ordering> order = order(new String(text, UTF_8));
    if (order == null) return;
    assertThat(order).hasSizeLessThanOrEqualTo(Quota.ITEMS);
    String written = AskedText.order(order);
    assertThat(order(written)).as(written).isEqualTo(order);
  }

  @MethodSource("ranges")
  @FuzzTest
  void range(byte[] text) {
    String value = new String(text, UTF_8);
    Long number = RangeReader.number(value);
    if (number != null) assertThat(RangeReader.number(number.toString())).isEqualTo(number);
    Page page = problemOr(() -> RangeReader.range(headers("range", value)));
    if (page == null) return;
    assertThat(page.offset()).isNotNegative();
    assertThat(page.limit()).isPositive();
    Page both = problemOr(() -> page.and(Page.of(number, number)));
    if (both == null) return;
    assertThat(both.offset()).isGreaterThanOrEqualTo(both.limit() == 0 ? 0 : page.offset());
    assertThat(both.limit()).isBetween(0L, page.limit());
  }

  @MethodSource("preferences")
  @FuzzTest
  void prefer(byte[] text) {
    Preferences preferences = Preferences.read(headers("prefer", new String(text, UTF_8)));
    problemOr(
        () -> {
          preferences.check();
          return preferences;
        });
    for (Preferences.Honoured honoured : Preferences.Honoured.values()) {
      String applied = preferences.applied(honoured);
      if (applied == null) continue;
      Preferences again = Preferences.read(headers("prefer", applied));
      assertThat(again.unknown()).isEmpty();
      assertThat(again.applied(honoured)).isEqualTo(applied);
    }
  }

  @MethodSource("accepts")
  @FuzzTest
  void accept(byte[] text) {
    Headers headers = headers("accept", new String(text, UTF_8));
    Format format = problemOr(() -> Format.accepted(headers, true));
    assertThat(problemOr(() -> Format.accepted(headers, true))).isEqualTo(format);
    List<MediaRange> ranges = MediaRange.ranked(headers.all("accept"));
    for (int i = 1; i < ranges.size(); i++)
      assertThat(ranges.get(i).quality()).isLessThanOrEqualTo(ranges.get(i - 1).quality());
  }

  @MethodSource("bodies")
  @FuzzTest
  void json(byte[] body) {
    json(body, null);
    json(body, List.of("a", "b"));
  }

  private static void json(byte[] body, @Nullable List<String> columns) {
    BodyReader.Rows rows = rows(body, columns);
    if (rows == null) return;
    assertThat(rows.rows()).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.columns()));
    if (rows.rows().isEmpty() || rows.columns().isEmpty()) return;
    String written = written(rows);
    assertThat(rows(written.getBytes(UTF_8), columns)).as(written).isEqualTo(rows);
  }

  @MethodSource("tables")
  @FuzzTest
  void csv(byte[] body) {
    for (List<String> columns : Arrays.asList(null, List.of("a", "b"))) {
      BodyReader.Rows rows = csv(body, columns);
      if (rows == null) continue;
      assertThat(csv(body, columns)).as("read again").isEqualTo(rows);
      assertThat(rows.rows()).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.columns()));
    }
  }

  @MethodSource("forms")
  @FuzzTest
  void form(byte[] body) {
    for (List<String> columns : Arrays.asList(null, List.of("a", "b"))) {
      BodyReader.Rows rows = problemOr(() -> FormBodyReader.read(body, columns, new Cell.Null()));
      if (rows == null) continue;
      assertThat(rows.rows()).hasSize(1);
      assertThat(rows.rows().getFirst()).hasSameSizeAs(rows.columns());
    }
  }

  // ── reading ──

  private static BodyReader.@Nullable Rows csv(byte[] body, @Nullable List<String> columns) {
    ByteBudget budget = new ByteBudget(1 << 20);
    try (ByteBudget.Lease lease = budget.lease()) {
      return problemOr(() -> CsvBodyReader.read(body, columns, new Cell.Null(), lease));
    }
  }

  private static Asked.@Nullable Rows read(String query) {
    return problemOr(
        () -> {
          QueryReader read = QueryReader.read(QueryString.read(query));
          return read.rows().read(Page.ALL.and(read.rows().page()));
        });
  }

  private static Asked.@Nullable Rows select(String text) {
    return problemOr(() -> SelectReader.select(text, new Quota()).read(Page.ALL));
  }

  private static Asked.@Nullable Condition logic(String operator, String text) {
    return problemOr(() -> LogicReader.logic(operator, text, new Quota()));
  }

  private static Asked.@Nullable Condition filter(String text) {
    return problemOr(() -> FilterReader.filter(Asked.Field.of(FIELD), text, new Quota()));
  }

  private static @Nullable List<Asked.Ordering> order(String text) {
    return problemOr(() -> OrderReader.order(text, new Quota()));
  }

  private static BodyReader.@Nullable Rows rows(byte[] body, @Nullable List<String> columns) {
    ByteBudget budget = new ByteBudget(1 << 20);
    try (ByteBudget.Lease lease = budget.lease()) {
      return problemOr(() -> BodyReader.read(body, columns, new Cell.Null(), lease));
    }
  }

  private static <T> @Nullable T problemOr(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (ProblemException refused) {
      // Whatever is refused can be told.
      assertThat(Refusals.response(refused.problem(), true, false).status()).isBetween(400, 499);
      return null;
    }
  }

  private static String written(BodyReader.Rows rows) {
    List<String> objects = new ArrayList<>();
    for (List<Cell> row : rows.rows()) {
      List<String> members = new ArrayList<>();
      for (int i = 0; i < row.size(); i++)
        members.add(quoted(rows.columns().get(i)) + ":" + json(row.get(i)));
      objects.add("{" + String.join(",", members) + "}");
    }
    return "[" + String.join(",", objects) + "]";
  }

  private static String quoted(String key) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') text.append("\\u%04x".formatted((int) c));
      else text.append(c);
    }
    return text.append('"').toString();
  }

  private static String json(Cell cell) {
    return switch (cell) {
      case Cell.Json(String json) -> json;
      case Cell.Null _ -> "null";
      case Cell.Text _, Cell.Default _ -> throw new AssertionError(cell);
    };
  }

  private static Headers headers(String name, String value) {
    return new Headers(Map.of(name, List.of(value)));
  }

  // ── seeds ──

  static Stream<byte[]> queries() {
    List<Arguments> tables = new ArrayList<>(QueryReaderTest.filters());
    tables.addAll(QueryReaderTest.logic());
    tables.addAll(UnreadableQueryTest.unreadable());
    tables.addAll(UnreadableQueryTest.refused());
    tables.addAll(UnreadableQueryTest.excessive());
    return texts(
        tables,
        "select=id,tracks(id)&tracks.order=name.desc.nullslast&tracks.limit=3&tracks.offset=1",
        "select=*,a:b!c!inner(d,e(f))&a.e.or=(f.eq.1,not.and(f.gt.2,f.lt.9))&limit=10&offset=2",
        "select=...a(b,c:d->e->>0::text)&order=a(b).asc.nullsfirst,c&a.not.or=(b.is.null)",
        "id=in.(1,\"2\",3)&name=not.like(any).{a*,\"b,c\"}&x=is.not_null&y=fts(french).a%26b",
        "%22odd%20name%22=eq.%C3%A4+b&a->b->>c=neq.1&columns=a,%22b%22&on_conflict=a",
        "select=count(),a.sum()::text,count:b.count()&a=isdistinct.1&b=cs.{1,2}&c=adj.[1,2)");
  }

  static Stream<byte[]> selects() {
    return texts(QueryReaderTest.selects());
  }

  static Stream<byte[]> trees() {
    return texts(
        List.of(),
        "(a.eq.1,b.not.in.(1,\"2,3\"),or(c.is.null,not.and(d.gt.{1,2},e->>f.like.*x*)))",
        "(a.fts(german).x,b.cs.{\"a b\",c},\"q.u\".eq(any).\"{1,2}\",r.is.null)");
  }

  static Stream<byte[]> filters() {
    return texts(
        List.of(),
        "eq.1",
        "not.eq.a,b",
        "like(all).{O*,\"P\\\"*\"}",
        "in.(1,\"2,\\\"3\",)",
        "is.not_null",
        "not.is.TRUE",
        "phfts(english).the cat",
        "sl.(1,10)",
        "noop.0");
  }

  static Stream<byte[]> orders() {
    return texts(
        QueryReaderTest.orders(),
        "a.desc.nullslast,b.nullsfirst",
        "rel(col).desc,\"odd,name\".asc",
        "data->a->>0.desc",
        "a.dsc");
  }

  static Stream<byte[]> ranges() {
    return texts(
        List.of(), "0-24", "10-", "5-4", "-1", " 12 ", "9223372036854775807-9223372036854775807");
  }

  static Stream<byte[]> preferences() {
    return texts(
        List.of(),
        "return=representation, count=exact,tx=rollback",
        "resolution=merge-duplicates, missing=default, return=headers-only",
        "handling=strict, max-affected=10, timezone=America/Los_Angeles",
        "handling=lenient,count=planned,anything");
  }

  static Stream<byte[]> accepts() {
    return texts(
        List.of(),
        "application/json",
        "*/*;q=0.1, text/csv;q=0.9, application/vnd.pgrst.object+json;nulls=stripped",
        "application/vnd.pgrst.plan+text; for=\"application/json\"; options=analyze|verbose|;",
        "text/html, application/*;q=NaN, application/json;q=x");
  }

  static Stream<byte[]> bodies() {
    return texts(
        List.of(),
        "{\"a\":1,\"b\":\"x\"}",
        "[{\"a\":null,\"b\":[1,{\"c\":\"\\u00e4\\ud83d\\ude00\"}]},{\"b\":true,\"a\":-1.5e3}]",
        "[]",
        "[{\"a\":1},{\"b\":2}]",
        "{\"a\":1,\"a\":2} ",
        "\"text\"");
  }

  static Stream<byte[]> tables() {
    return texts(
        List.of(),
        "a,b\n1,x\n",
        "a,b\r\n\"1,\"\"2\",NULL\r\n,\r\n",
        "b,a,b\n1,2,3",
        "a\n1,2\n",
        "\"a\n");
  }

  static Stream<byte[]> forms() {
    return texts(List.of(), "a=1&b=x+y%26", "a=&a=2&c", "%00=1", "a=%C3%A4&b=%FF");
  }

  /// The texts of a table of another test, and more.
  private static Stream<byte[]> texts(List<Arguments> table, String... more) {
    return Stream.concat(
            table.stream().map(arguments -> (String) arguments.get()[0]), Stream.of(more))
        .map(text -> text.getBytes(UTF_8));
  }
}
