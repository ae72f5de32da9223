package dev.mainstay.sql.postgres;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Catalogs;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Wrote;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// The same policies three times: declared in the model, as row-level security under the caller's
/// role, and declared over a database that lets that role do everything. Each request gets the same
/// answer from all, and leaves the same rows.
@ParameterizedClass
@EnumSource
record NativePoliciesTest(PostgresVersion version) {
  private static final Caller ANN = Callers.user("ann", Map.of("team", "red"));
  private static final Caller BOB = Callers.user("bob", Map.of("team", "blue"));
  private static final Caller ANON = Callers.ANON;
  private static final Pattern OWN_WORDS =
      Pattern.compile(
          "Database\\[sqlState=42501, message=new row violates row-level security policy "
              + "(?:\\(USING expression\\) )?for table \"(\\w+)\", details=null, hint=null]");
  private static final Ask ALL = everything().order(asc("id"));

  private static final String TABLES =
      """
      tables:
        docs:
          columns:
            id: {type: integer, primary_key: true}
            owner: {type: text, nullable: true}
            team: {type: text, nullable: true}
            locked: {type: boolean, default: false}
            parent_id: {type: integer, nullable: true, references: docs}
          policies: %s
        notes:
          columns:
            id: {type: integer, primary_key: true}
            doc_id: {type: integer, references: docs}
            text: {type: text, default: none}
          policies: %s
        unruled:
          columns:
            id: {type: integer, primary_key: true}
          policies: %s
      """;

  private static final String DECLARED =
      TABLES.formatted(
          """

            read:
              anon: row.team == 'public'
              authenticated: row.owner == auth.uid || row.team == auth.claims.team
            insert:
              authenticated: new.owner == auth.uid
            update:
              authenticated: row.owner == auth.uid && new.locked == false
            delete:
              authenticated: row.owner == auth.uid && row.locked == false
      """
              .indent(4),
          """

            read: {authenticated: row.doc.owner == auth.uid}
            insert: {authenticated: 'true'}
      """
              .indent(4),
          "{}");

  private static final String UNDECLARED = TABLES.formatted("{}", "{}", "{}");

  private static final String[] ROLES = {
    """
    DO $$ BEGIN CREATE ROLE anon; EXCEPTION WHEN duplicate_object THEN NULL; END $$""",
    """
    DO $$ BEGIN CREATE ROLE authenticated; EXCEPTION WHEN duplicate_object THEN NULL; END $$""",
  };

  private static final String[] GRANTED = {
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO anon, authenticated",
    // Of this the model says nothing, so the database's word counts alone.
    "ALTER TABLE unruled ENABLE ROW LEVEL SECURITY",
  };

  private static final String[] NATIVE = {
    """
    CREATE FUNCTION public.claim(name text) RETURNS text STABLE LANGUAGE sql AS
      $$ SELECT current_setting('request.jwt.claims')::json ->> name $$""",
    """
    CREATE FUNCTION public.doc_owner(id int) RETURNS text STABLE SECURITY DEFINER LANGUAGE sql AS
      $$ SELECT owner FROM public.docs WHERE docs.id = $1 $$""",
    "ALTER TABLE docs ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE notes ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY a ON docs FOR SELECT TO anon USING (team = 'public')",
    """
    CREATE POLICY b ON docs FOR SELECT TO authenticated
      USING (owner = claim('sub') OR team = claim('team'))""",
    "CREATE POLICY c ON docs FOR INSERT TO authenticated WITH CHECK (owner = claim('sub'))",
    """
    CREATE POLICY d ON docs FOR UPDATE TO authenticated
      USING (owner = claim('sub')) WITH CHECK (owner = claim('sub') AND locked = false)""",
    """
    CREATE POLICY e ON docs FOR DELETE TO authenticated
      USING (owner = claim('sub') AND locked = false)""",
    """
    CREATE POLICY f ON notes FOR SELECT TO authenticated
      USING (doc_owner(doc_id) = claim('sub'))""",
    "CREATE POLICY g ON notes FOR INSERT TO authenticated WITH CHECK (true)",
  };

  /// One request, by whoever it is.
  private interface Request {
    Object of(Backend backend, Caller caller);
  }

  /// New rows, rows over one's own, over rows that may only be read, over rows that may not; with
  /// an owner that may be written, with another, and without, which the proposed row fails.
  private static final List<String> UPSERTS =
      List.of(
          "{\"id\":9,\"owner\":\"ann\"}",
          "[{\"id\":9,\"owner\":\"bob\"},{\"id\":3,\"owner\":\"bob\"}]",
          "[{\"id\":9,\"owner\":\"ann\"},{\"id\":1,\"owner\":\"ann\",\"team\":\"green\"}]",
          "{\"id\":1,\"owner\":\"ann\",\"locked\":true}",
          "{\"id\":1,\"owner\":\"bob\"}",
          "{\"id\":1,\"team\":\"green\"}",
          "{\"id\":1,\"team\":\"red\"}",
          "{\"id\":2,\"owner\":\"ann\"}",
          "{\"id\":3,\"owner\":\"ann\"}",
          "{\"id\":5,\"owner\":\"ann\"}",
          "{\"id\":6,\"owner\":\"ann\"}",
          "{\"id\":6,\"owner\":\"ann\",\"locked\":false}",
          "[{\"id\":7,\"owner\":\"ann\"},{\"id\":4,\"owner\":\"ann\"}]",
          "{\"id\":4,\"owner\":\"bob\",\"team\":\"red\"}");

  private static Map<String, Request> requests() {
    Map<String, Request> requests = new LinkedHashMap<>();
    requests.put("read", (b, c) -> b.read(c, ALL.from("docs")));
    // The driver prepares what it has seen a few times, and then sends it otherwise.
    requests.put(
        "read again and again",
        (b, c) ->
            IntStream.range(0, 12)
                .mapToObj(i -> b.read(c, of("id").order(asc("id")).from("docs")))
                .distinct()
                .toList());
    requests.put("read one", (b, c) -> b.read(c, of("id").where(eq("id", "3")).from("docs")));
    requests.put("count", (b, c) -> b.rows(c, of("id").countedFrom("docs")).total());
    requests.put("read through a relation", (b, c) -> b.read(c, ALL.from("notes")));
    requests.put("embed", (b, c) -> b.read(c, ALL.embed("notes", of("id")).from("docs")));
    requests.put("read without a policy", (b, c) -> b.read(c, ALL.from("unruled")));
    requests.put("insert without a policy", (b, c) -> b.insert(c, "unruled", "{\"id\":9}"));
    requests.put("update without a policy", (b, c) -> b.update(c, "unruled", "{\"id\":9}"));
    requests.put("delete without a policy", (b, c) -> b.delete(c, "unruled"));
    for (String owner : new String[] {"\"ann\"", "\"bob\"", "null"})
      for (Ask returning : new Ask[] {null, ALL})
        requests.put(
            "insert for " + owner + (returning == null ? "" : ", answered"),
            (b, c) ->
                b.insert(
                    c,
                    "docs",
                    "[{\"id\":9,\"owner\":%s},{\"id\":10,\"owner\":%1$s}]".formatted(owner),
                    returning));
    requests.put(
        "insert what may not be read", (b, c) -> b.insert(c, "notes", "{\"id\":9,\"doc_id\":4}"));
    requests.put(
        "insert and answer what may not be read",
        (b, c) -> b.insert(c, "notes", "{\"id\":9,\"doc_id\":4}", ALL));
    for (String rows : UPSERTS)
      for (Ask returning : new Ask[] {null, ALL}) {
        String title = rows + (returning == null ? "" : ", answered");
        requests.put("merge " + title, (b, c) -> b.merge(c, "docs", List.of(), rows, returning));
        requests.put(
            "insert what is new of " + title,
            (b, c) -> b.insertNew(c, "docs", List.of("id"), rows, returning));
      }
    requests.put(
        "merge what may not be read",
        (b, c) -> b.merge(c, "notes", List.of(), "{\"id\":9,\"doc_id\":4}", null));
    requests.put(
        "insert what is new and may not be read",
        (b, c) -> b.insertNew(c, "notes", List.of(), "{\"id\":9,\"doc_id\":4}", null));
    requests.put(
        "merge without a policy", (b, c) -> b.merge(c, "unruled", List.of(), "{\"id\":1}", null));
    requests.put(
        "insert what is new without a policy",
        (b, c) -> b.insertNew(c, "unruled", List.of(), "{\"id\":1}", null));
    for (String set :
        new String[] {
          "{\"locked\":true}", "{\"team\":\"red\"}", "{\"owner\":\"bob\"}", "{\"owner\":null}"
        })
      for (Ask returning : new Ask[] {null, ALL})
        requests.put(
            "update to " + set + (returning == null ? "" : ", answered"),
            (b, c) ->
                b.update(
                    c, "docs", set, Plan.Expectation.ANY, returning, in("id", "1", "2", "4", "6")));
    for (Ask returning : new Ask[] {null, ALL})
      requests.put(
          "delete" + (returning == null ? "" : ", answered"),
          (b, c) ->
              b.delete(
                  c, "docs", Plan.Expectation.ANY, returning, in("id", "3", "4", "5", "6", "7")));
    requests.put(
        "update, answered with what is related",
        (b, c) ->
            b.update(
                c,
                "docs",
                "{\"team\":\"red\"}",
                Plan.Expectation.ANY,
                of("id").order(asc("id")).embed("notes", of("id", "text")),
                in("id", "1", "2", "4")));
    requests.put(
        "insert in another order, counted",
        (b, c) ->
            b.insert(
                c,
                "docs",
                "[{\"id\":9,\"owner\":\"ann\"},{\"id\":8,\"owner\":\"ann\"}]",
                of("id").order(asc("id"))));
    requests.put(
        "insert rows that name different columns",
        (b, c) ->
            b.insert(
                c,
                "docs",
                "[{\"id\":9,\"owner\":\"ann\"},{\"id\":8,\"owner\":\"ann\",\"team\":\"red\"}]",
                ALL));
    requests.put(
        "delete one of several",
        (b, c) ->
            b.delete(
                c, "docs", new Plan.Expectation(1L, false), null, in("id", "4", "5", "6", "7")));
    return requests;
  }

  @TestFactory
  Stream<DynamicTest> declaredAndNativeAnswerAlike() {
    Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put("ann", ANN);
    callers.put("bob", BOB);
    callers.put("anon", ANON);
    Backend declared = Backend.open(new PostgresUnderTest(version), DECLARED);
    Backend guarded = guarded();
    Backend both = guarded(List.of(GRANTED), DECLARED);
    return callers.entrySet().stream()
        .flatMap(
            caller ->
                requests().entrySet().stream()
                    .map(
                        request ->
                            DynamicTest.dynamicTest(
                                caller.getKey() + ": " + request.getKey(),
                                () -> {
                                  String outcome = outcome(declared, request, caller.getValue());
                                  assertThat(outcome(guarded, request, caller.getValue()))
                                      .as("native")
                                      .isEqualTo(outcome);
                                  assertThat(outcome(both, request, caller.getValue()))
                                      .as("declared over native")
                                      .isEqualTo(outcome);
                                })))
        .onClose(declared::close)
        .onClose(both::close)
        .onClose(guarded::close);
  }

  private Backend guarded() {
    List<String> statements = new ArrayList<>(List.of(GRANTED));
    statements.addAll(List.of(NATIVE));
    return guarded(statements, UNDECLARED);
  }

  private Backend guarded(List<String> statements, String model) {
    return Backend.open(new Guarded(version, statements), Catalogs.of(model, Guarding.DATABASE));
  }

  @Test
  void eachStatementOfATransactionIsItsCallers() {
    try (Backend guarded = guarded()) {
      guarded.seed(
          "docs",
          """
          [{"id":1,"owner":"ann"}, {"id":2,"owner":"bob"}, {"id":3,"team":"public"}]""");
      List<List<Integer>> seen =
          guarded.unit(
              unit -> {
                List<List<Integer>> ids = new ArrayList<>();
                for (Caller caller : List.of(Callers.INSIDE, ANN, ANON, BOB, Callers.INSIDE, ANN))
                  ids.add(ids(unit, guarded, caller));
                // A statement that fails leaves the transaction as it was, and as whose it was.
                for (Caller next : List.of(Callers.INSIDE, ANON, Callers.INSIDE)) {
                  assertThatThrownBy(() -> unit.write(notBobs(guarded)))
                      .isInstanceOf(ProblemException.class);
                  ids.add(ids(unit, guarded, next));
                }
                return ids;
              });
      assertThat(seen)
          .containsExactly(
              List.of(1, 2, 3),
              List.of(1),
              List.of(3),
              List.of(2),
              List.of(1, 2, 3),
              List.of(1),
              List.of(1, 2, 3),
              List.of(3),
              List.of(1, 2, 3));
    }
  }

  private static List<Integer> ids(Engine.Unit unit, Backend backend, Caller caller) {
    Ask ids = of("id").order(asc("id"));
    List<Integer> found = new ArrayList<>();
    for (byte[] row : unit.read(backend.planner().read(ids.from("docs"), caller)).rows())
      found.add(JsonMapper.shared().readTree(row).get("id").asInt());
    return found;
  }

  private static Plan.Insert notBobs(Backend backend) {
    return backend
        .planner()
        .insert(NewRows.insert("docs", "{\"id\":9,\"owner\":\"ann\"}", null), BOB);
  }

  private static String outcome(
      Backend backend, Map.Entry<String, Request> request, Caller caller) {
    for (String table : new String[] {"notes", "docs", "unruled"})
      backend.delete(Callers.INSIDE, table);
    backend.seed(
        "docs",
        """
        [{"id":1,"owner":"ann","team":"red"}, {"id":2,"owner":"bob","team":"red"},
         {"id":3,"owner":"bob","team":"public"}, {"id":4,"owner":"bob","team":"blue"},
         {"id":5,"owner":null,"team":"public"}, {"id":6,"owner":"ann","locked":true},
         {"id":7,"owner":"ann","team":"green"}]""");
    backend.seed("notes", "[{\"id\":1,\"doc_id\":1},{\"id\":2,\"doc_id\":2}]");
    backend.seed("unruled", "{\"id\":1}");
    String answer;
    try {
      answer = answer(request.getValue().of(backend, caller));
    } catch (ProblemException refused) {
      answer =
          OWN_WORDS.matcher(refused.problem().toString()).replaceAll("PolicyViolated[table=$1]");
    }
    return String.join(
        "\n", answer, backend.stored("docs"), backend.stored("notes"), backend.stored("unruled"));
  }

  /// Without keys, which a database with policies of its own is not always asked for.
  private static String answer(Object answered) {
    return answered instanceof Wrote wrote
        ? wrote.keys().size() + " rows: " + wrote.rows()
        : String.valueOf(answered);
  }

  /// Under row-level security, as the caller's role and with the caller's claims.
  private record Guarded(PostgresVersion version, List<String> statements)
      implements EngineUnderTest {
    @Override
    public String name() {
      return "postgres";
    }

    @Override
    public Database open(Catalog catalog) {
      PostgresServer server = PostgresServer.shared(version);
      String address = server.database();
      String name = address.substring(address.lastIndexOf('/') + 1);
      server.execute(name, ROLES);
      Database database = PostgresUnderTest.open(PostgresSettings.of(address), catalog);
      server.execute(name, statements.toArray(String[]::new));
      return database;
    }
  }
}
