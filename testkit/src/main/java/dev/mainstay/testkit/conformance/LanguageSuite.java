package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Everything that the language of policies has, as read policies of one table: which tasks each
/// lets through.
abstract class LanguageSuite extends Suite {
  private static final String ME = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
  private static final String OTHER = "b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";

  private static final String MODEL =
      """
      enums: {state: [draft, live, gone]}
      tables:
        teams:
          columns:
            id: {type: integer, primary_key: true}
            name: text
            owner_id: {type: uuid, nullable: true}
        members:
          columns:
            team_id: {type: integer, references: teams.id}
            user_id: uuid
            level: {type: smallint, nullable: true}
          primary_key: [team_id, user_id]
        tasks:
          columns:
            id: {type: integer, primary_key: true}
            team_id: {type: integer, nullable: true, references: teams.id}
            title: text
            state: state
            price: {type: 'decimal(6,2)', nullable: true}
            score: double
            count: integer
            day: date
            at: timestamptz
            span: interval
            owner_id: {type: uuid, nullable: true}
            tags: text[]
            meta: json
          policies:
            read:
      """;

  /// What each condition lets through, of the tasks 1 (mine), 2 (another's, of my team), 3
  /// (nobody's).
  private static final Map<String, String> CONDITIONS = new LinkedHashMap<>();

  static {
    Map<String, String> all = CONDITIONS;
    all.put("true", "123");
    all.put("false", "");
    all.put("auth.uid == row.owner_id", "1");
    all.put("auth.uid != row.owner_id", "2");
    all.put("!(auth.uid == row.owner_id)", "2");
    all.put("row.owner_id == null", "3");
    all.put("has(row.owner_id) && has(auth.claims.email)", "12");
    all.put("auth.claims.absent == row.title", "");
    all.put("auth.claims.email == row.owner_id", "");
    all.put("auth.claims.admin", "123");
    all.put("row.title == 'b' || row.count in [1, 7]", "12");
    all.put("row.state < 'gone'", "12");
    all.put("row.state in ['live', 'gone']", "23");
    all.put("string(row.state) == 'draft'", "1");
    all.put("row.price >= 1.5", "1");
    all.put("row.price * row.count > 1.0", "1");
    all.put("row.price + 1 == 2.5", "1");
    all.put("row.price == auth.claims.price", "1");
    all.put("row.score / 2 < 0.25 && -row.score < 0.0", "1");
    all.put("row.count % 2 == 1 && row.count + 1 <= 4", "13");
    all.put("row.count > row.price", "2");
    all.put("row.day == '2024-02-29' || row.day > '2024-12-31'", "13");
    all.put("row.at < timestamp('2024-01-01T00:00:00Z')", "2");
    all.put("row.at > now() - duration('1h') && row.at < now() + row.span", "");
    all.put("row.at + row.span > now()", "3");
    all.put("row.span >= duration('24h')", "23");
    all.put("'x' in row.tags", "13");
    all.put("row.title in auth.claims.titles", "13");
    all.put("!(row.title in auth.claims.titles)", "2");
    all.put("row.count in auth.claims.mixed", "1");
    all.put("!(row.count in auth.claims.mixed)", "");
    all.put("row.tags == ['x', 'y']", "3");
    all.put("size(row.tags) == 0 || row.title.size() == 3", "23");
    all.put("row.title.startsWith('50%')", "3");
    all.put("row.title.contains(auth.claims.percent)", "3");
    all.put("row.title.startsWith(auth.claims.a + '')", "1");
    all.put("row.title.matches('^[ab]$')", "12");
    all.put("row.title.upperAscii().lowerAscii() == 'b'", "2");
    all.put("row.meta.a == 'x' || row.meta.list[1] == 2", "12");
    all.put("row.meta.flag && row.meta.b == null", "3");
    all.put("row.count > 1 ? row.title == 'b' : row.title == 'a'", "12");
    all.put("row.team.name == 'red'", "12");
    all.put("row.team == null", "3");
    all.put("row.team.owner_id == auth.uid", "");
    all.put("row.team.members.exists(m, m.user_id == auth.uid)", "12");
    all.put("row.team.members.exists(m, m.user_id == row.owner_id && m.level > row.count)", "1");
    all.put("row.team.members.all(m, m.level > 0)", "3");
    all.put("row.team.members.all(m, m.level == null || m.level > 0)", "123");
    all.put("row.team.members.exists(m, m.team.tasks.exists(t, t.id > row.id))", "1");
    all.put("row.team.members.exists(m, m.team.name == row.team.name && m.level == null)", "12");
  }

  private Backend backend;

  @BeforeAll
  void open() {
    StringBuilder policies = new StringBuilder();
    int role = 0;
    for (String condition : CONDITIONS.keySet())
      policies.append("        r%d: \"%s\"\n".formatted(role++, condition.replace("\"", "\\\"")));
    String roles =
        Stream.iterate(0, i -> i + 1)
            .limit(CONDITIONS.size())
            .map(i -> "r" + i)
            .collect(Collectors.joining(", "));
    backend = Backend.open(engine(), "roles: [" + roles + "]\n" + MODEL + policies);
    backend
        .seed("teams", "[{'id':1,'name':'red'},{'id':2,'name':'blue'}]".replace('\'', '"'))
        .seed(
            "members",
            "[{'team_id':1,'user_id':'%s','level':5},{'team_id':1,'user_id':'%s','level':null}]"
                .formatted(ME, OTHER)
                .replace('\'', '"'))
        .seed(
            "tasks",
            """
            [{"id":1,"team_id":1,"title":"a","state":"draft","price":1.5,"score":0.25,"count":1,
              "day":"2024-02-29","at":"2024-06-01T00:00:00Z","span":"1 hour","owner_id":"%s",
              "tags":["x"],"meta":{"a":"x"}},
             {"id":2,"team_id":1,"title":"b","state":"live","price":0.01,"score":0.5,"count":7,
              "day":"2024-03-01","at":"2023-12-31T23:59:59.999999Z","span":"1 day","owner_id":"%s",
              "tags":[],"meta":{"list":[1,2],"b":1}},
             {"id":3,"team_id":null,"title":"50%%","state":"gone","price":null,"score":-1,"count":3,
              "day":"2025-01-01","at":"2024-01-01T00:00:00Z","span":"1000 years","owner_id":null,
              "tags":["x","y"],"meta":{"flag":true}}]
            """
                .formatted(ME, OTHER));
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @TestFactory
  Stream<DynamicTest> a_condition_lets_through() {
    Map<String, Object> claims =
        Map.of(
            "sub",
            ME,
            "email",
            "me@example.org",
            "admin",
            true,
            "price",
            1.5,
            "titles",
            List.of("a", "50%"),
            "mixed",
            List.of(1, "no number"),
            "percent",
            "%",
            "a",
            "a");
    List<String> conditions = List.copyOf(CONDITIONS.keySet());
    return Stream.iterate(0, i -> i + 1)
        .limit(conditions.size())
        .map(
            i ->
                DynamicTest.dynamicTest(
                    conditions.get(i),
                    () ->
                        assertThat(
                                backend.read(
                                    Callers.outside("r" + i, claims),
                                    of("id").order(asc("id")).from("tasks")))
                            .isEqualTo(rows(CONDITIONS.getOrDefault(conditions.get(i), "")))));
  }

  private static String rows(String ids) {
    return ids.chars()
        .mapToObj(id -> "{\"id\":" + (char) id + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
