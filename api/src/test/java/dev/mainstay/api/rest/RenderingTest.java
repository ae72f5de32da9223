package dev.mainstay.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.api.rest.RowShape.Cell;
import dev.mainstay.api.rest.RowShape.Member;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// From the JSON of rows to the body of an answer.
class RenderingTest {
  final ByteBudget budget = new ByteBudget(10_000);
  final ByteBudget.Lease lease = budget.lease();

  static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }

  String body(Format format, RowShape shape, @Nullable ZoneId zone, String... rows) {
    List<byte[]> json = new ArrayList<>();
    for (String row : rows) json.add(bytes(row));
    return AnswerTest.body(
        new Rendering(format, shape, new Cell.Row(shape), zone, lease).body(json));
  }

  static RowShape shape(Object... keysAndCells) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < keysAndCells.length; i += 2)
      members.add(
          new Member(
              (String) keysAndCells[i],
              keysAndCells[i + 1] instanceof ColumnType type
                  ? new Cell.Scalar(type)
                  : (Cell) keysAndCells[i + 1]));
    return new RowShape(members);
  }

  static final RowShape ID = shape("id", new ColumnType.Whole(32));

  @Test
  void leavesRowsAsTheyAre() {
    assertThat(body(Format.json(), ID, null)).isEqualTo("[]");
    assertThat(body(Format.json(), ID, null, "{'id':1}", "{'id':2}"))
        .isEqualTo("[{\"id\":1},{\"id\":2}]");
    assertThat(budget.held()).isZero();
  }

  @Test
  void answersOneRowAndNoOtherNumberOfThem() {
    Format single = new Format.Single(false);
    assertThat(body(single, ID, null, "{'id':1}")).isEqualTo("{\"id\":1}");
    for (String[] rows : new String[][] {{}, {"{'id':1}", "{'id':2}"}})
      assertThat(
              catchThrowableOfType(ProblemException.class, () -> body(single, ID, null, rows))
                  .problem())
          .isEqualTo(new Problem.NotOneRow(rows.length));
  }

  // ── without nulls ──

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}|{}",
        "{'a':null}|{}",
        "{'a':null,'b':1,'c':null,'d':2,'e':null}|{'b':1,'d':2}",
        "{'a':{'b':null,'c':{'d':null}},'e':null}|{'a':{'c':{}}}",
        "{'a':[null,{'b':null},[null],1]}|{'a':[null,{},[null],1]}",
        "{'a':{},'b':[],'c':{}}|{'a':{},'b':[],'c':{}}",
        "{ 'a' : 1 , 'b' : null , 'c' : [ 1 , 2 ] }|{'a':1,'c':[1,2]}",
        "{'null':1,'n':'null'}|{'null':1,'n':'null'}",
        "{'a,b':1.50e-7,'c':'x, \\'y\\': null, \\\\','d':-0}|{'a,b':1.50e-7,'c':'x, \\'y\\': null, \\\\','d':-0}",
        "{'\\u00e9\\\\':null,'\\'':'\\u00e9'}|{'\\'':'\\u00e9'}"
      })
  void leavesOutNullMembersAndNothingElse(String json, String stripped) {
    assertThat(new String(NullStripper.strip(bytes(json)), UTF_8))
        .isEqualTo(stripped.replace('\'', '"'));
  }

  @Test
  void stripsRandomJsonAsATreeWouldBe() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      JsonNode node = object(random, 4);
      String json = i % 2 == 0 ? node.toString() : node.toPrettyString();
      assertThat(JsonMapper.shared().readTree(NullStripper.strip(json.getBytes(UTF_8))))
          .isEqualTo(stripped(node));
    }
  }

  static JsonNode object(Random random, int depth) {
    ObjectNode object = JsonMapper.shared().createObjectNode();
    for (int i = random.nextInt(5); i > 0; i--)
      object.set("k\"\\,:{ " + random.nextInt(9), value(random, depth - 1));
    return object;
  }

  static JsonNode value(Random random, int depth) {
    JsonMapper mapper = JsonMapper.shared();
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0, 1 -> mapper.nullNode();
      case 2 -> mapper.valueToTree("t\\\"]}\n" + random.nextInt());
      case 3 -> mapper.valueToTree(random.nextInt());
      case 4 -> mapper.valueToTree(random.nextBoolean());
      case 5 -> object(random, depth);
      default -> {
        ArrayNode array = mapper.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) array.add(value(random, depth - 1));
        yield array;
      }
    };
  }

  static JsonNode stripped(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonMapper.shared().createArrayNode();
      array.forEach(element -> copy.add(stripped(element)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) return node;
    ObjectNode copy = JsonMapper.shared().createObjectNode();
    object
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull())
                copy.set(member.getKey(), stripped(member.getValue()));
            });
    return copy;
  }

  @Test
  void stripsOneRowOrMany() {
    assertThat(body(new Format.Array(true), ID, null, "{'id':1}", "{'id':null}"))
        .isEqualTo("[{\"id\":1},{}]");
    assertThat(body(new Format.Single(true), ID, null, "{'id':null}")).isEqualTo("{}");
    assertThat(budget.held()).isEqualTo(8 + 2 + 2);
  }

  // ── CSV ──

  static ColumnType list(ColumnType element) {
    return new ColumnType.ArrayOf(element);
  }

  String field(ColumnType type, String json) {
    String body = body(new Format.Csv(), shape("x", type), null, "{'x':" + json + "}");
    return body.substring("x\n".length());
  }

  @Test
  void writesValuesAsPostgresqlShowsThem() {
    ColumnType text = new ColumnType.Text();
    assertThat(field(text, "null")).isEmpty();
    assertThat(field(text, "''")).isEqualTo("\"\"");
    assertThat(field(text, "'plain-ünï😀'")).isEqualTo("plain-ünï😀");
    assertThat(field(text, "'a,b \\'q\\''")).isEqualTo("\"a,b \"\"q\"\"\"");
    assertThat(field(text, "'li\\nne'")).isEqualTo("\"li\nne\"");
    assertThat(field(text, "'back\\\\slash'")).isEqualTo("\"back\\\\slash\"");
    assertThat(field(text, "'(a)'")).isEqualTo("\"(a)\"");
    assertThat(field(text, "' '")).isEqualTo("\" \"");
    assertThat(field(text, "'null'")).isEqualTo("null");
    assertThat(field(text, "'\\u0041\\ud83d\\ude00'")).isEqualTo("A😀");
    assertThat(field(new ColumnType.Bool(), "true")).isEqualTo("t");
    assertThat(field(new ColumnType.Bool(), "false")).isEqualTo("f");
    assertThat(field(new ColumnType.Whole(64), "-9007199254740993")).isEqualTo("-9007199254740993");
    assertThat(field(new ColumnType.Decimal(6, 2), "1.50")).isEqualTo("1.50");
    assertThat(field(new ColumnType.Floating(64), "1e+20")).isEqualTo("1e+20");
    assertThat(field(new ColumnType.Floating(64), "'-Infinity'")).isEqualTo("-Infinity");
    assertThat(field(new ColumnType.Date(), "'2024-01-02'")).isEqualTo("2024-01-02");
    assertThat(field(new ColumnType.Time(), "'03:04:05.6'")).isEqualTo("03:04:05.6");
    assertThat(field(new ColumnType.Timestamp(), "'2024-01-02T03:04:05'"))
        .isEqualTo("\"2024-01-02 03:04:05\"");
    assertThat(field(new ColumnType.TimestampTz(), "'2024-01-02T03:04:05.678+00:00'"))
        .isEqualTo("\"2024-01-02 03:04:05.678+00\"");
    assertThat(field(new ColumnType.TimestampTz(), "'infinity'")).isEqualTo("infinity");
    assertThat(field(new ColumnType.Interval(), "'1 day 02:03:04'"))
        .isEqualTo("\"1 day 02:03:04\"");
    assertThat(field(new ColumnType.Bytea(), "'\\\\x6869'")).isEqualTo("\"\\\\x6869\"");
    assertThat(field(new ColumnType.Native("int4range"), "'[1,3)'")).isEqualTo("\"[1,3)\"");
  }

  @Test
  void writesJsonAsPostgresqlShowsIt() {
    assertThat(field(new ColumnType.Json(), "{'a':[1,2],'b':'x\\'y, z:'}"))
        .isEqualTo("\"{\"\"a\"\": [1, 2], \"\"b\"\": \"\"x\\\\\"\"y, z:\"\"}\"");
    assertThat(field(new ColumnType.Json(), "{'a': [1, 2]}")).isEqualTo("\"{\"\"a\"\": [1, 2]}\"");
    assertThat(field(new ColumnType.Json(), "'s'")).isEqualTo("\"\"\"s\"\"\"");
    assertThat(field(new ColumnType.Json(), "[]")).isEqualTo("[]");
    assertThat(field(new ColumnType.Json(), "12.0")).isEqualTo("12.0");
    assertThat(field(new ColumnType.Json(), "true")).isEqualTo("true");
  }

  @Test
  void writesListsAsPostgresqlShowsThem() {
    assertThat(field(list(new ColumnType.Whole(32)), "[1,2,null]")).isEqualTo("\"{1,2,NULL}\"");
    assertThat(field(list(new ColumnType.Whole(32)), "[]")).isEqualTo("{}");
    assertThat(field(list(new ColumnType.Bool()), "[true,false]")).isEqualTo("\"{t,f}\"");
    assertThat(field(list(new ColumnType.Text()), "['a','b c','d\\'e','',null,'x,y','null']"))
        .isEqualTo("\"{a,\"\"b c\"\",\"\"d\\\\\"\"e\"\",\"\"\"\",NULL,\"\"x,y\"\",\"\"null\"\"}\"");
    assertThat(field(list(new ColumnType.TimestampTz()), "['2024-01-02T03:04:05+00:00']"))
        .isEqualTo("\"{\"\"2024-01-02 03:04:05+00\"\"}\"");
  }

  @Test
  void writesEmbedsAsJson() {
    RowShape shape =
        shape(
            "id",
            new ColumnType.Whole(32),
            "one",
            new Cell.Row(ID),
            "many",
            new Cell.Several(new Cell.Row(ID)),
            "a,b",
            new ColumnType.Bool());
    assertThat(
            body(
                new Format.Csv(),
                shape,
                null,
                "{'id':1,'one':{'id':2},'many':[{'id':3},{'id':4}],'a,b':true}",
                "{'id':5,'one':null,'many':[],'a,b':null}"))
        .isEqualTo(
            """
            id,one,many,"a,b"
            1,"{""id"": 2}","[{""id"": 3}, {""id"": 4}]",t
            5,,[],""");
  }

  @Test
  void writesAnEmptyLineWhereThereAreNoRows() {
    assertThat(body(new Format.Csv(), ID, null)).isEqualTo("\n");
  }

  @Test
  void takesItsCopiesFromTheBudget() {
    body(new Format.Csv(), ID, null, "{'id':12345}");
    assertThat(budget.held()).isEqualTo(5);
    String wide = "{'id':'" + "x".repeat(20_000) + "'}";
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> body(new Format.Csv(), ID, null, wide))
                .problem())
        .isEqualTo(new Problem.Overloaded(1));
  }

  // ── zones ──

  @ParameterizedTest
  @CsvSource({
    "2024-01-02T03:04:05.678+00:00,Asia/Kolkata,2024-01-02T08:34:05.678+05:30",
    "2024-01-02T03:04:05.678+00:00,America/Los_Angeles,2024-01-01T19:04:05.678-08:00",
    "2024-07-02T03:04:05+00:00,America/Los_Angeles,2024-07-01T20:04:05-07:00",
    "1883-11-18T12:00:00+00:00,America/Los_Angeles,1883-11-18T04:07:02-07:52:58",
    "1883-11-18T12:00:00+00:00,Asia/Kolkata,1883-11-18T17:21:10+05:21:10",
    "2024-01-02T03:04:05+00:00,Pacific/Chatham,2024-01-02T16:49:05+13:45",
    "2024-01-02T03:04:05+00:00,UTC,2024-01-02T03:04:05+00:00",
    "2024-01-02T03:04:05+00:00,Europe/London,2024-01-02T03:04:05+00:00",
    "9999-12-31T23:59:59.999999+00:00,Asia/Tokyo,10000-01-01T08:59:59.999999+09:00",
    // no clock shows these
    "0001-01-01T00:00:00+00:00,America/Los_Angeles,0001-01-01T00:00:00+00:00",
    "infinity,Asia/Tokyo,infinity",
    "0044-03-15T00:00:00+00:00 BC,Asia/Tokyo,0044-03-15T00:00:00+00:00 BC"
  })
  void showsPointsInTimeInAZone(String utc, String zone, String shown) {
    assertThat(
            body(
                Format.json(),
                shape("at", new ColumnType.TimestampTz()),
                ZoneId.of(zone),
                "{'at':'" + utc + "'}"))
        .isEqualTo("[{\"at\":\"" + shown + "\"}]");
  }

  @Test
  void showsThemWhereverTheyAreAndNothingElse() {
    ColumnType moment = new ColumnType.TimestampTz();
    RowShape inner = shape("at", moment, "text", new ColumnType.Text());
    RowShape shape =
        shape(
            "text",
            new ColumnType.Text(),
            "one",
            new Cell.Row(inner),
            "many",
            new Cell.Several(new Cell.Row(inner)),
            "list",
            list(moment),
            "lists",
            new Cell.Several(new Cell.Scalar(list(moment))),
            "json",
            new ColumnType.Json());
    String utc = "'2024-01-02T03:04:05+00:00'";
    String row =
        "{'text':%1$s,'one':{'at':%2$s,'text':%1$s},'many':[{'at':null,'text':null},{'at':%2$s,'text':''}],"
            + "'list':[%2$s,null],'lists':[[%2$s],[],null],'json':{'at':%1$s}}";
    assertThat(body(Format.json(), shape, ZoneId.of("Asia/Tokyo"), row.formatted(utc, utc)))
        .isEqualTo(
            "[" + row.formatted(utc, "'2024-01-02T12:04:05+09:00'").replace('\'', '"') + "]");
    assertThat(body(Format.json(), shape, ZoneId.of("Asia/Tokyo"), row.formatted("null", "null")))
        .isEqualTo("[" + row.formatted("null", "null").replace('\'', '"') + "]");
  }

  @Test
  void writesZonesInCsvToo() {
    assertThat(
            body(
                new Format.Csv(),
                shape("at", new ColumnType.TimestampTz()),
                ZoneId.of("Asia/Kolkata"),
                "{'at':'2024-01-02T03:04:05+00:00'}",
                "{'at':'1883-11-18T12:00:00+00:00'}"))
        .isEqualTo("at\n\"2024-01-02 08:34:05+05:30\"\n\"1883-11-18 17:21:10+05:21:10\"");
  }

  @Test
  void showsValuesThatStandAlone() {
    Cell moment = new Cell.Scalar(new ColumnType.TimestampTz());
    ZoneId zone = ZoneId.of("America/New_York");
    String json = "'2024-01-02T03:04:05+00:00'";
    assertThat(values(Format.json(), moment, zone, json, "null"))
        .isEqualTo("[\"2024-01-01T22:04:05-05:00\",null]");
    assertThat(values(new Format.Single(false), moment, zone, json))
        .isEqualTo("\"2024-01-01T22:04:05-05:00\"");
    assertThat(values(new Format.Csv(), moment, zone, json, "null"))
        .isEqualTo("v\n\"2024-01-01 22:04:05-05\"\n");
    assertThat(values(new Format.Csv(), moment, null)).isEqualTo("\n");
    Cell list = new Cell.Scalar(new ColumnType.ArrayOf(new ColumnType.Text()));
    assertThat(values(new Format.Csv(), list, zone, "['a','b,c',null]"))
        .isEqualTo("v\n\"{a,\"\"b,c\"\",NULL}\"");
  }

  private String values(Format format, Cell each, @Nullable ZoneId zone, String... values) {
    List<byte[]> json = new ArrayList<>();
    for (String value : values) json.add(bytes(value));
    return AnswerTest.body(new Rendering(format, shape("v", each), each, zone, lease).body(json));
  }
}
