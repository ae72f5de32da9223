package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import dev.mainstay.core.query.JsonText;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What comes out of one database is in the other as it was.
abstract class RowRoundTrips extends RowCommands {
  /// Of each type what is hardest to bring back.
  private static final String EVERYTHING =
      """
      {"id":"00000000-0000-0000-0000-000000000001"}
      {"id":"00000000-0000-0000-0000-000000000002","b":true,"i":-9223372036854775808,"d":-123456789012.123456,"r":0.1,"f":1.7976931348623157e+308,"t":"","v":"","day":"0001-01-01","clock":"23:59:59.999999","local":"9999-12-31T23:59:59.999999","moment":"1969-12-31T23:59:59.999999+00:00","span":"1 year 2 mons -3 days +04:05:06.789","j":{"a":[null,1.10,"x\\n\\"y\\""],"bb":12345678901234567890.123456789},"raw":"\\\\x","m":"it's \\"ok\\"","ts":[],"ds":[],"js":[],"ms":[]}
      {"id":"00000000-0000-0000-0000-000000000003","b":false,"i":9223372036854775807,"d":0.000001,"r":-1.5,"f":"-Infinity","t":"a, \\"b\\"\\r\\nc\\td 😀 \\\\ é","v":"NULL","day":"9999-12-31","clock":"00:00:00","local":"0001-01-01T00:00:00","moment":"0001-01-01T00:00:00+00:00","span":"-00:00:00.000001","j":"text","raw":"\\\\x00ff","m":"happy","ts":["","a,b","\\"q\\"","\\\\",null,"NULL","{}","😀"," ","x\\ny"],"ds":[1.50,null,-0.01],"js":[{"a":"b, c"},[1,"two"],null,"x"],"ms":["sad",null,"it's \\"ok\\""]}
      {"id":"00000000-0000-0000-0000-000000000004","t":" , ","v":"\\"","j":[]}
      {"id":"00000000-0000-0000-0000-000000000005","t":"\\n","j":false,"ts":[null]}
      """;

  @Test
  void everyValueComesBackAsItWas() throws Exception {
    project("b");
    write("everything.jsonl", EVERYTHING);
    assertThat(run("import everything.jsonl --project a"))
        .isEqualTo(new Outcome(0, "everything.jsonl: 5 rows into 'everything'\n", ""));
    String before = stored("a", "everything");
    for (String format : List.of("csv", "jsonl")) {
      assertThat(run("export everything --out out/ --project a --format " + format))
          .isEqualTo(new Outcome(0, "out/everything." + format + ": 5 rows\n", ""));
      assertThat(
              run("import out/everything.%s --project b --on-conflict overwrite".formatted(format)))
          .isEqualTo(
              new Outcome(0, "everything.%s: 5 rows into 'everything'\n".formatted(format), ""));
      assertThat(compact(stored("b", "everything"))).as(format).isEqualTo(compact(before));
      assertThat(run("export everything --out again/ --project b --format " + format).status())
          .isZero();
      assertThat(compact(read("again/everything." + format)))
          .isEqualTo(compact(read("out/everything." + format)));
    }
  }

  @Test
  void keysOfEveryTypeArePagedBy() throws Exception {
    String[][] values = {
      {"sad", "happy"},
      {"false", "true"},
      {"0001-01-01", "2024-02-29"},
      {"-1.50", "10.00"},
      {"-Infinity", "1e-7"},
      {"", "a \"b\", ğ"},
      {"\\\\x", "\\\\x00ff"},
      {"00000000-0000-0000-0000-000000000001", "ffffffff-0000-0000-0000-000000000001"},
      {"1969-12-31T23:59:59.999999+00:00", "2024-02-29T12:00:00+00:00"},
      {"00:00:00", "12:00:00.5"}
    };
    String[] names = {"m", "b", "day", "d", "f", "t", "raw", "u", "at", "clock"};
    Random random = new Random(3);
    List<String> rows = new ArrayList<>();
    for (int n = 0; n < 900; n++) {
      StringBuilder row = new StringBuilder("{");
      for (int i = 0; i < names.length; i++)
        row.append(
            "\"%s\":\"%s\","
                .formatted(names[i], values[i][random.nextInt(2)].replace("\"", "\\\"")));
      rows.add(row + "\"n\":" + n + "}");
    }
    write("keyed.jsonl", String.join("\n", rows));
    assertThat(run("import keyed.jsonl --project a").out())
        .isEqualTo("keyed.jsonl: 900 rows into 'keyed'\n");
    List<String> stored = stored("a", "keyed").lines().toList();
    assertThat(stored).hasSize(900).doesNotHaveDuplicates();
  }

  @Test
  void aFolderGoesInInTheOrderOfItsReferences() throws Exception {
    project("b");
    write("people.csv", "id,name,boss_id\n3,Cat,2\n2,Ben,\n1,Ann,3\n");
    assertThat(run("import people.csv --project a").status()).isZero();
    var visits = new StringBuilder("person_id,at,note\n");
    for (int i = 0; i < 700; i++)
      visits
          .append(1 + i % 3)
          .append(",2024-01-01T00:00:00.")
          .append(100000 + i)
          .append("Z,n")
          .append(i)
          .append('\n');
    write("visits.csv", visits.toString());
    assertThat(run("import visits.csv --project a").status()).isZero();
    write("a/everything.jsonl", EVERYTHING);
    assertThat(run("import a/everything.jsonl --project a").status()).isZero();
    // Each row of the one refers to a row of the other.
    Files.createDirectories(folder.resolve("circle"));
    write("circle/lefts.csv", "id,right_id\n1,11\n2,12\n");
    write("circle/rights.csv", "id,left_id\n12,1\n11,2\n");
    assertThat(run("import circle --project a").err())
        .contains("rights.csv:2:1: refers to a row that is not there");
    write("circle/lefts.csv", "id,right_id\n1,11\n2,\n");
    assertThat(run("import circle --project a --restart"))
        .isEqualTo(
            new Outcome(
                0, "rights.csv: 2 rows into 'rights'\nlefts.csv: 2 rows into 'lefts'\n", ""));
    assertThat(run("export --all --out dump --project a"))
        .isEqualTo(
            new Outcome(
                0,
                """
                dump/people.csv: 3 rows
                dump/visits.csv: 700 rows
                dump/everything.csv: 5 rows
                dump/lefts.csv: 2 rows
                dump/rights.csv: 2 rows
                dump/keyed.csv: 0 rows
                """,
                ""));
    assertThat(run("import dump --project b"))
        .isEqualTo(
            new Outcome(
                0,
                """
                everything.csv: 5 rows into 'everything'
                keyed.csv: 0 rows into 'keyed'
                rights.csv: 2 rows into 'rights'
                lefts.csv: 2 rows into 'lefts'
                people.csv: 3 rows into 'people'
                visits.csv: 700 rows into 'visits'
                """,
                ""));
    for (String table : List.of("people", "visits", "everything", "lefts", "rights"))
      assertThat(compact(stored("b", table))).isEqualTo(compact(stored("a", table)));
  }

  @Test
  void csvKeepsJsonsNullApartFromNone() throws Exception {
    write(
        "everything.csv",
        "id,j\n00000000-0000-0000-0000-000000000001,null\n00000000-0000-0000-0000-000000000002,\n");
    for (String project : List.of("a", "b")) {
      if (project.equals("b")) project("b");
      assertThat(run("import everything.csv --project " + project).status()).isZero();
      assertThat(run("export everything --out everything.csv --project " + project).status())
          .isZero();
      assertThat(read("everything.csv").lines().map(line -> line.replaceAll(",,+", ",")))
          .containsExactly(
              "id,b,i,d,r,f,t,v,day,clock,local,moment,span,j,raw,m,ts,ds,js,ms",
              "00000000-0000-0000-0000-000000000001,null,",
              "00000000-0000-0000-0000-000000000002,");
    }
  }

  /// JSON columns may be spaced as the engine likes; nothing else may.
  private static String compact(String rows) {
    if (!rows.startsWith("{")) return rows;
    return rows.lines().map(JsonText::canonical).collect(Collectors.joining("\n"));
  }
}
