package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.sql.Migratable;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A database that is moved to another one: project `a` is served from it, and then from `b`.
abstract class Moves extends RowCommands {
  private static final List<String> TABLES =
      List.of("people", "visits", "everything", "lefts", "rights", "keyed");

  /// Of each type what is hardest to bring over, and of some what is longest.
  private static final String EVERYTHING =
      """
      {"id":"00000000-0000-0000-0000-000000000001"}
      {"id":"00000000-0000-0000-0000-000000000002","b":true,"i":-9223372036854775808,"d":-123456789012.123456,"r":-3.4028235e+38,"f":1.7976931348623157e+308,"t":"","v":"","day":"0001-01-01","clock":"23:59:59.999999","local":"9999-12-31T23:59:59.999999","moment":"1969-12-31T23:59:59.999999+00:00","span":"1 year 2 mons -3 days +04:05:06.789","j":{"a":[null,1.10,"x\\n\\"y\\""],"bb":12345678901234567890.123456789},"raw":"\\\\x","m":"it's \\"ok\\"","ts":[],"ds":[],"js":[],"ms":[]}
      {"id":"00000000-0000-0000-0000-000000000003","b":false,"i":9223372036854775807,"d":0.000001,"r":1e-45,"f":"-Infinity","t":"a, \\"b\\"\\r\\nc\\td 😀 \\\\ é","v":"NULL","day":"9999-12-31","clock":"00:00:00","local":"0001-01-01T00:00:00","moment":"0001-01-01T00:00:00+00:00","span":"-00:00:00.000001","j":"text","raw":"\\\\x00ff","m":"happy","ts":["","a,b","\\"q\\"","\\\\",null,"NULL","{}","😀"," ","x\\ny"],"ds":[1.50,null,-0.01],"js":[{"a":"b, c"},[1,"two"],"x"],"ms":["sad",null,"it's \\"ok\\""]}
      {"id":"00000000-0000-0000-0000-000000000004","i":0,"d":999999999999.999999,"r":0.1,"f":4.9e-324,"t":" , ","v":"😀😀😀😀😀😀😀😀😀","day":"2024-02-29","clock":"12:00:00.5","local":"2024-02-29T23:59:59.000001","moment":"9999-12-31T23:59:59.999999+00:00","j":[]}
      {"id":"00000000-0000-0000-0000-000000000005","f":"Infinity","r":"Infinity","t":"\\n","j":false,"ts":[null]}
      {"id":"00000000-0000-0000-0000-000000000006","f":-0.0,"j":%s,"t":"%s"}
      """
          .formatted(
              "[".repeat(500) + "1.50" + "]".repeat(500), "0123456789abcdé😀".repeat(64_000));

  /// Where the move goes: an address, or null for a folder.
  abstract @Nullable String target();

  private String where = "";

  private void fill() throws Exception {
    write("everything.jsonl", EVERYTHING);
    write("nulls.csv", "id,j\n00000000-0000-0000-0000-000000000007,null\n");
    write("people.csv", "id,name,boss_id\n3,Cat,2\n2,Ben,\n1,Ann,3\n40,Gone,40\n");
    StringBuilder visits = new StringBuilder("person_id,at,note\n");
    for (int i = 0; i < 700; i++)
      visits
          .append(1 + i % 3)
          .append(",2024-01-01T00:00:00.")
          .append(100000 + i)
          .append("Z,n")
          .append(i)
          .append('\n');
    write("visits.csv", visits.toString());
    Files.createDirectories(folder.resolve("circle"));
    write("circle/lefts.csv", "id,right_id\n1,11\n2,\n");
    write("circle/rights.csv", "id,left_id\n12,1\n11,2\n");
    write(
        "keyed.jsonl",
        """
        {"m":"sad","b":false,"day":"0001-01-01","d":-1.5,"f":"-Infinity","t":"","raw":"\\\\x","u":"00000000-0000-0000-0000-000000000001","at":"1969-12-31T23:59:59.999999+00:00","clock":"00:00:00","n":1}
        {"m":"happy","b":true,"day":"2024-02-29","d":10,"f":1e-7,"t":"a \\"b\\", ğ","raw":"\\\\x00ff","u":"ffffffff-0000-0000-0000-000000000001","at":"2024-02-29T12:00:00+00:00","clock":"12:00:00.5","n":2}
        """);
    for (String file :
        List.of("everything.jsonl", "people.csv", "visits.csv", "circle", "keyed.jsonl"))
      assertThat(run("import " + file + " --quiet --project a").err()).as(file).isEmpty();
    assertThat(run("import nulls.csv --table everything --quiet --project a").status()).isZero();
  }

  private Outcome move(String more) {
    if (where.isEmpty()) {
      String address = target();
      where = address == null ? "b/data" : address;
    }
    return run(
        "move --to %s --project a --set timeouts.anon=10ms --set timeouts.others=10ms --quiet%s"
            .formatted(where, more));
  }

  /// Serves the project from where it was moved to, as `b`.
  private void afterwards() throws Exception {
    Files.createDirectories(folder.resolve("b"));
    Files.copy(folder.resolve("a/backend.yaml"), folder.resolve("b/backend.yaml"));
    if (where.contains("://")) write("b/mainstay.yaml", "database: {url: \"" + where + "\"}\n");
  }

  @Test
  void everythingIsThereAndNothingIsWrittenHereAnyMore() throws Exception {
    fill();
    String key = run("keys make --role service_role --name n --project a").out().strip();
    try (Running before = served("a")) {
      Outcome moved = move("");
      assertThat(moved.err()).isEmpty();
      assertThat(moved.status()).isZero();
      assertThat(moved.out())
          .containsPattern("people +4 +[0-9a-f]{32}  agrees")
          .containsPattern("everything +7 +[0-9a-f]{32}  agrees")
          .containsPattern("mainstay.api_keys +1 +[0-9a-f]{32}  agrees")
          .doesNotContain("DIFFERS")
          .contains("The database is at ");
      assertThat(post(before, "{\"id\":77,\"right_id\":null}")).isEqualTo(503);
    }
    afterwards();
    for (String table : TABLES)
      assertThat(compact(stored("b", table))).as(table).isEqualTo(compact(stored("a", table)));
    try (Running after = served("b")) {
      // Who must see nothing sees nothing.
      for (String table : TABLES)
        assertThat(after.get("/rest/v1/" + table, after.anon()).body()).isEqualTo("[]");
      assertThat(post(after, "{\"id\":77,\"right_id\":null}")).isEqualTo(201);
      assertThat(post(after, "{\"id\":78,\"right_id\":99}")).isEqualTo(409);
      assertThat(after.get("/rest/v1/lefts?select=id", key).body()).contains("77");
      var person =
          after.send(
              after
                  .to("/rest/v1/people?select=id", after.service())
                  .header("Content-Type", "application/json")
                  .header("Prefer", "return=representation")
                  .POST(BodyPublishers.ofString("{\"name\":\"New\"}")));
      assertThat(person.body()).isEqualTo("[{\"id\":41}]");
    }
    assertThat(run("plan b").out()).isEqualTo("The database is what the model says.\n");
    // What is done is done, also for whoever was killed before they were told.
    Outcome again = move("");
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).contains("The database is at ").doesNotContain("agrees");
    assertThat(run("writes status --project a").out()).startsWith("The database was moved to ");
    assertThat(run("writes start --project a").err()).contains("would not be there; with --anyway");
    assertThat(run("move --give-up --project a").err()).contains("is done;");
  }

  @Test
  void triggersAreMadeBehindTheRowsAndNoMigrationRunsTwice() throws Exception {
    Files.createDirectories(folder.resolve("a/migrations"));
    write(
        "a/migrations/1_seen.sqlite.sql",
        """
        -- mainstay: also on a new database
        CREATE TRIGGER seen AFTER INSERT ON people BEGIN
          INSERT INTO visits (person_id, at, note)
          VALUES (new.id, '2024-01-01T00:00:00.000000+00:00', 'seen');
        END;
        """);
    write(
        "a/migrations/1_seen.postgres.sql",
        """
        -- mainstay: also on a new database
        CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO visits (person_id, at, note) VALUES (new.id, '2024-01-01Z', 'seen');
          RETURN new;
        END $$;
        CREATE TRIGGER seen AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION seen();
        """);
    write("a/migrations/2_loud.sql", "UPDATE people SET name = upper(name)");
    assertThat(move("").err()).contains("The database is not what its model says");
    assertThat(run("apply a").status()).isZero();
    write("people.csv", "id,name\n1,Ann\n2,Ben\n");
    assertThat(run("import people.csv --project a").status()).isZero();

    Outcome moved = move("");
    assertThat(moved.err()).isEmpty();
    assertThat(moved.out()).containsPattern("visits +2 +[0-9a-f]{32}  agrees");
    afterwards();
    Files.createDirectories(folder.resolve("b/migrations"));
    for (String file : List.of("1_seen.sqlite.sql", "1_seen.postgres.sql", "2_loud.sql"))
      write("b/migrations/" + file, read("a/migrations/" + file));
    assertThat(run("plan b").out()).isEqualTo("The database is what the model says.\n");
    write("people.csv", "id,name\n3,Cat\n");
    assertThat(run("import people.csv --project b").err()).isEmpty();
    assertThat(stored("b", "visits").lines()).hasSize(3);
    assertThat(stored("b", "people")).contains("\"Cat\"");
  }

  @Test
  void whatCannotBeMovedIsToldBeforeAnythingIsTouched() throws Exception {
    Outcome plan = move(" --plan");
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).matches(".* can be moved to .*: 0 rows in \\d+ tables\\.\n");
    change(database -> database.alone("CREATE TABLE strange (x integer)"));
    assertThat(move("").err())
        .contains("This is not said by the model, and is not moved:\n  ")
        .containsPattern("  table (public.)?strange was added to the database\n")
        .endsWith("\nWith --leave-behind the rest is moved.\n");
    write(
        "a/backend.yaml",
        read("a/backend.yaml").replace("note: {type: text", "comment: {type: text"));
    assertThat(move("").err()).contains("says something else than version 1 of the model");
    write(
        "a/backend.yaml",
        read("a/backend.yaml").replace("comment: {type: text", "note: {type: text"));
    assertThat(run("writes status --project a").out()).isEqualTo("Everybody may write.\n");
    assertThat(move(" --leave-behind").status()).isZero();

    // What is there now is not written over.
    assertThat(run("writes start --anyway --project a").status()).isZero();
    assertThat(move(" --leave-behind").err())
        .contains("Nothing can be moved to ")
        .contains("It is that of another move, which was given up or has been done");
  }

  @Test
  void aStopByHandIsTakenOverAndTheAddressMayBeInTheEnvironment() throws Exception {
    String address = target();
    where = address == null ? folder.resolve("b/data").toString() : address;
    assertThat(run("writes stop --project a").status()).isZero();
    String command =
        "move --to env:ELSEWHERE --project a --set timeouts.anon=10ms --set timeouts.others=10ms";
    assertThat(run(command).err()).contains("The environment has no variable ELSEWHERE");
    cli.environment.put("ELSEWHERE", where);
    assertThat(run(command).out()).contains("The database is at ");
    cli.environment.clear();
    assertThat(run("writes stop --project a").err()).contains("Writes are stopped already");
    afterwards();
    assertThat(run("writes status --project b").out()).isEqualTo("Everybody may write.\n");
  }

  @Test
  void aMoveThatFailsKeepsWritesStoppedUntilItIsGivenUp() throws Exception {
    fill();
    spoil();
    Outcome failed = move("");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains(complaint())
        .contains("Writes stay stopped. The same command goes on with the move to ");
    assertThat(run("writes start --project a").err()).contains("A move to ").contains("under way");
    assertThat(move("").err()).contains(complaint());
    assertThat(run("move --give-up --project a").out()).contains("everybody may write again");
    assertThat(run("writes status --project a").out()).isEqualTo("Everybody may write.\n");
    assertThat(move("").err()).contains("It is that of another move, which was given up");
    assertThat(run("move --give-up --project a").err()).contains("No move is under way");
  }

  /// Puts something into the database of `a` that the other engine does not take.
  abstract void spoil() throws Exception;

  /// What is then said.
  abstract String complaint();

  /// Works on the database of `a` past everything that keeps it in order.
  void change(Consumer<Migratable> work) throws Exception {
    Path yaml = folder.resolve("a/mainstay.yaml");
    String text = Files.exists(yaml) ? Files.readString(yaml) : null;
    Store store =
        Store.openBeside(
            ConfigReader.read(folder.resolve("a"), text, Map.of(), Map.of(), 1L << 30));
    try {
      work.accept(store.migratable().get());
    } finally {
      store.close();
    }
  }

  private static int post(Running server, String row) throws Exception {
    return server
        .send(
            server
                .to("/rest/v1/lefts", server.service())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(row)))
        .statusCode();
  }

  /// JSON columns may be spaced as the engine likes; nothing else may.
  private static String compact(String rows) {
    return rows.lines().map(JsonText::canonical).collect(Collectors.joining("\n"));
  }
}
