package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What becomes of rows that are imported, and of those that cannot be.
abstract class RowImports extends RowCommands {
  @Test
  void badRowsEndAnImportAndTellWhereTheyStand() throws Exception {
    write(
        "people.csv",
        """
        id,name,age
        1,Ann,30
        2,Ben,
        3,Cat,seven
        4,Dan
        5,,20
        6,Eve,17
        7,Ann,18
        """);
    assertThat(run("import people.csv --project a"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                """
                people.csv:4:7: age: 'seven' is no value of type smallint

                people.csv:5:1: 2 fields, but the header names 3 columns
                hint: put quotes around a field that holds a comma

                people.csv:6:3: 'name' is never null
                hint: an empty field is null; empty text is ""

                mainstay: nothing of this file was stored
                """));
    write("people.csv", "id,name,age\n1,Ann,30\n2,Ben,\n3,Eve,17\n4,Ann,18\n5,Fay,19\n");
    Outcome outcome = run("import people.csv --project a --batch 2");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("people.csv:4:1: new row for relation \"people\" violates check constraint")
        .contains(
            "people.csv:5:1: duplicate key value violates unique constraint",
            """

            mainstay: the first 2 rows of this file are dealt with (2 rows stored), nothing after them
            hint: correct the rest of the file and go on with --resume; with --rejects FILE bad rows are set aside
            """);
    assertThat(stored("a", "people"))
        .isEqualTo(
            """
            {"id":1,"name":"Ann","age":30,"boss_id":null,"state":"new"}
            {"id":2,"name":"Ben","age":null,"boss_id":null,"state":"new"}
            """);
    assertThat(run("import people.csv --project a"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: An import of people.csv into 'people' was cut short after 2 rows;"
                    + " go on with --resume, or begin again with --restart\n"));
    write("people.csv", "id,name,age\n1,Ann,31\n2,Ben,\n3,Eve,18\n");
    assertThat(run("import people.csv --project a --resume").err())
        .startsWith("mainstay: people.csv has changed in what was imported already");
    write("people.csv", "id,name,age\n1,Ann,30\n2,Ben,\n3,Eve,18\n");
    assertThat(run("import people.csv --project a --resume"))
        .isEqualTo(new Outcome(0, "people.csv: 3 rows into 'people'\n", ""));
    assertThat(run("import people.csv --project a --resume"))
        .isEqualTo(new Outcome(0, "people.csv: was imported already, 3 rows into 'people'\n", ""));
    assertThat(stored("a", "people").lines()).hasSize(3);
  }

  @Test
  void rejectsSayWhyAndCanBeImportedOnceTheyAreCorrected() throws Exception {
    write(
        "people.csv",
        "\uFEFFid,name,age\r\n1,Ann,30\r\n2,\"Ben, \"\"x\"\"\",seven\r\n\r\n3,Cat\r\n4,Di\"m,20\r\n"
            + "5,Eve,17\r\n6,Ann,18\r\n7,Fay,19");
    assertThat(run("import people.csv --project a --rejects bad.csv --batch 3"))
        .isEqualTo(new Outcome(0, "people.csv: 2 rows into 'people'; 5 rows rejected\n", ""));
    String rejects = read("bad.csv");
    assertThat(rejects.lines().map(line -> line.replaceFirst("(constraint)[^,]*\",", "$1 …\",")))
        .containsExactly(
            "#why,id,name,age",
            "\"people.csv:3:16: age: 'seven' is no value of type smallint\",2,\"Ben, \"\"x\"\"\",seven",
            "\"people.csv:5:1: 2 fields, but the header names 3 columns\",3,Cat",
            "\"people.csv:6:5: a quote within a field\",4,Di\"m,20",
            "\"people.csv:7:1: new row for relation \"\"people\"\" violates check constraint …\",5,Eve,17",
            "\"people.csv:8:1: duplicate key value violates unique constraint …\",6,Ann,18");
    assertThat(run("import people.csv --project a --rejects bad.csv --restart").err())
        .isEqualTo(
            "mainstay: " + folder.resolve("bad.csv") + " is there already; nothing was imported\n");
    write(
        "bad.csv",
        rejects
            .replace("seven", "7")
            .replace("3,Cat", "3,Cat,33")
            .replace(",17", ",71")
            .replace("6,Ann", "6,Al"));
    assertThat(run("import bad.csv --table people --project a --rejects worse.csv"))
        .isEqualTo(new Outcome(0, "bad.csv: 3 rows into 'people'; 2 rows rejected\n", ""));
    assertThat(read("worse.csv").lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("#why,id,name,age"),
            line ->
                assertThat(line)
                    .startsWith("\"bad.csv:2:1: new row")
                    .endsWith(",2,\"Ben, \"\"x\"\"\",7"),
            line ->
                assertThat(line).isEqualTo("\"bad.csv:4:46: a quote within a field\",4,Di\"m,20"));
    write(
        "people.jsonl",
        "{\"id\":11,\"name\":7,\"age\":\"x\"}\n{}\n[1]\n{\"id\":12,\"name\":\"Gus\"}\n");
    assertThat(run("import people.jsonl --project a --rejects bad.jsonl"))
        .isEqualTo(new Outcome(0, "people.jsonl: 1 row into 'people'; 3 rows rejected\n", ""));
    assertThat(read("bad.jsonl"))
        .isEqualTo(
            """
            {"#why":"people.jsonl:1:19: age: 'x' is no value of type smallint","id":11,"name":7,"age":"x"}
            {"#why":"people.jsonl:2:1: 'name' is never null and has no value here"}
            {"#why":"people.jsonl:3:1: a line must be a JSON object","#line":"[1]"}
            """);
    write("bad.jsonl", read("bad.jsonl").replace("\"x\"}", "40}"));
    assertThat(run("import bad.jsonl --table people --project a --rejects worse.jsonl"))
        .isEqualTo(new Outcome(0, "bad.jsonl: 1 row into 'people'; 2 rows rejected\n", ""));
    assertThat(read("worse.jsonl").lines())
        .first()
        .isEqualTo("{\"#why\":\"bad.jsonl:2:1: 'name' is never null and has no value here\"}");
  }

  @Test
  void rowsWaitForThoseTheyReferTo() throws Exception {
    var people = new StringBuilder("id,name,boss_id\n");
    List<Integer> ids = new ArrayList<>(IntStream.rangeClosed(1, 200).boxed().toList());
    Collections.shuffle(ids, new Random(7));
    for (int id : ids)
      people
          .append(id)
          .append(",p")
          .append(id)
          .append(',')
          .append(id == 1 ? "" : "" + id / 2)
          .append('\n');
    write("people.csv", people + "900,stray,901\n");
    Outcome stopped = run("import people.csv --project a --batch 10");
    assertThat(stopped.status()).isEqualTo(2);
    assertThat(stopped.err())
        .startsWith("people.csv:202:1: refers to a row that is not there\n")
        .contains("(200 rows stored)");
    assertThat(run("import people.csv --project a --resume --rejects strays.csv"))
        .isEqualTo(new Outcome(0, "people.csv: 200 rows into 'people'; 1 row rejected\n", ""));
    assertThat(read("strays.csv"))
        .contains("foreign key constraint")
        .endsWith("\",900,stray,901\n");
    assertThat(stored("a", "people").lines()).hasSize(200);
  }

  @Test
  void aTakenKeyIsAFaultOrLeftOrOverwritten() throws Exception {
    write("people.csv", "id,name\n1,Ann\n2,Ben\n");
    assertThat(run("import people.csv --project a").status()).isZero();
    write("people.csv", "id,name,age\n2,Bill,40\n3,Cat,50\n2,Bob,41\n");
    assertThat(run("import people.csv --project a").err())
        .startsWith("people.csv:2:1: duplicate key");
    assertThat(run("import people.csv --project a --on-conflict skip"))
        .isEqualTo(
            new Outcome(
                0,
                "people.csv: 1 row into 'people'; 2 rows left out, since the key was taken\n",
                ""));
    assertThat(run("import people.csv --project a --on-conflict overwrite").out())
        .isEqualTo("people.csv: 3 rows into 'people'\n");
    assertThat(stored("a", "people"))
        .isEqualTo(
            """
            {"id":1,"name":"Ann","age":null,"boss_id":null,"state":"new"}
            {"id":2,"name":"Bob","age":41,"boss_id":null,"state":"new"}
            {"id":3,"name":"Cat","age":50,"boss_id":null,"state":"new"}
            """);
    cli.in = "{\"name\":\"Dan\"}\n".getBytes(StandardCharsets.UTF_8);
    assertThat(run("import - --table people --format jsonl --project a"))
        .isEqualTo(new Outcome(0, "-: 1 row into 'people'\n", ""));
    assertThat(stored("a", "people")).contains("{\"id\":4,\"name\":\"Dan\"");
  }

  @Test
  void aServerWritesInBetween() throws Exception {
    var visits = new StringBuilder("person_id,at,note\n");
    for (int i = 0; i < 3000; i++)
      visits.append("1,2024-01-01T00:00:00.").append(100000 + i).append("Z,n\n");
    write("visits.csv", visits.toString());
    try (Running server = served("a");
        ExecutorService importer = Executors.newSingleThreadExecutor()) {
      assertThat(post(server, "people", "{\"name\":\"Ann\"}")).isEqualTo(201);
      Future<Outcome> imported =
          importer.submit(() -> run("import visits.csv --project a --batch 10"));
      int posted = 0;
      while (!imported.isDone() || posted == 0)
        assertThat(post(server, "people", "{\"name\":\"p" + posted++ + "\"}")).isEqualTo(201);
      assertThat(imported.get())
          .isEqualTo(new Outcome(0, "visits.csv: 3,000 rows into 'visits'\n", ""));
      assertThat(stored("a", "visits").lines()).hasSize(3000);
      assertThat(stored("a", "people").lines()).hasSize(1 + posted);
    }
  }

  private static int post(Running server, String table, String row) throws Exception {
    return server
        .send(
            server
                .to("/rest/v1/" + table, server.service())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(row)))
        .statusCode();
  }

  @Test
  void whatCannotBeMeantIsSaidInOneSentence() throws Exception {
    write("x.csv", "id\n");
    write("people.txt", "id\n");
    for (String[] one :
        new String[][] {
          {"import x.csv", "The model has no table 'x'"},
          {"import peple.csv", "There is no " + folder.resolve("peple.csv")},
          {"import x.csv --table peple", "The model has no table 'peple'; did you mean 'people'?"},
          {
            "import people.txt --table people",
            "The file "
                + folder.resolve("people.txt")
                + " ends neither in .csv nor in .jsonl; say --format csv or jsonl"
          },
          {"import x.csv --format xml --table people", "The format 'xml' is neither csv nor jsonl"},
          {"import -", "Say which --table the standard input is for"},
          {
            "import - --table people --resume",
            "The standard input cannot be resumed; import a file"
          },
          {"import x.csv --table people --batch 0", "--batch must be a number from 1 to 10000"},
          {"export", "Name the tables to export, or say --all"},
          {"export people --all", "Name the tables to export, or say --all"},
          {"export people visits --out -", "The standard output takes the rows of one table only"},
          {"export nobody", "The model has no table 'nobody'"},
        })
      assertThat(run(one[0] + " --project a"))
          .isEqualTo(new Outcome(1, "", "mainstay: " + one[1] + "\n"));
    assertThat(run("import x.csv --table people --on-conflict no --project a").status())
        .isEqualTo(2);
  }
}
