package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.ANON;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Callers.user;
import static dev.mainstay.testkit.Where.eq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Statements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A function runs the user's SQL with bound arguments; rows of a table that it returns pass that
/// table's policy, and one that is to read cannot write.
abstract class FunctionSuite extends Suite {
  private static final String ANN = "11111111-1111-4111-8111-111111111111";

  private static final String MODEL =
      """
      tables:
        authors:
          columns:
            id: {type: integer, primary_key: true}
            name: text
          policies: {read: row.name != 'Nobody'}
        books:
          columns:
            id: {type: integer, primary_key: true}
            title: {type: text, unique: true}
            price: "decimal(10,2)"
            author_id: {type: integer, references: authors}
            owner: uuid?
            cost: {type: integer, default: 7, hidden_from: [anon, authenticated]}
          policies:
            read: row.title != 'Hidden'
            insert: "false"
          checks: {titled: row.title != ''}
      functions:
        find_books:
          arguments: {word: text, most: {type: integer, default: 10}}
          returns: {set_of: books}
          sql: select * from books where title like '%' || :word || '%' order by title desc limit :most
          allow: [anon, authenticated]
        book:
          arguments: {id: integer}
          returns: {row_of: books}
          sql: select * from books where id = :id;
          allow: everyone
        prices:
          returns: {table: {author: text, books: bigint, total: "decimal(10,2)"}}
          sql: |
            -- what each author's books cost
            select a.name as author, count(*) as books, sum(b.price) as total
            from books b join authors a on a.id = b.author_id group by a.name order by a.name -- end
          allow: everyone
        titles: {returns: {set_of: text}, sql: select title from books order by title, allow: everyone}
        how_many: {returns: bigint, sql: select count(*) from books, allow: everyone}
        nobody: {returns: integer, sql: select id from books where id = -1, allow: everyone}
        who:
          returns: {row: {uid: uuid, role: text, mail: text}}
          sql: select :auth.uid as uid, :auth.role as role, :auth.claims.email as mail
          allow: everyone
        closed: {returns: integer, sql: select 1}
        guarded:
          arguments: {ok: boolean}
          sql: select raise_error('PT418', 'no (really)', 'because', 'do not') from authors where not :ok
          allow: everyone
        sneaky:
          sql:
            - with w as (select 99 as id) insert into authors select id, 'X' from w
            - select 1
          allow: everyone
        sneaky_update: {sql: with w as (select 1 as id) update authors set name = 'X' where id in (select id from w), allow: everyone}
        sneaky_delete: {sql: with w as (select 1 as id) delete from authors where id in (select id from w), allow: everyone}
        refusing: {arguments: {code: text}, sql: "select raise_error(:code, 'no', 'because', 'do not')", allow: everyone}
        add_book:
          arguments: {id: integer, title: text, price: {type: "decimal(10,2)", default: 1.50}}
          returns: {row_of: books}
          writes: true
          sql: insert into books (id, title, price, author_id, owner) values (:id, :title, :price, 1, :auth.uid) returning *
          allow: [anon, authenticated]
        retitle_all:
          arguments: {suffix: text}
          returns: {set_of: books}
          writes: true
          sql:
            - update books set title = title || :suffix
            - select * from books order by id
          allow: everyone
        touch: {writes: true, sql: update books set cost = cost + 1, allow: everyone}
        broken: {writes: true, returns: {set_of: books}, sql: update books set cost = 0 returning id, allow: everyone}
      """;

  private Backend backend;

  @BeforeEach
  void open() {
    backend =
        Backend.open(engine(), MODEL)
            .seed("authors", "[{\"id\":1,\"name\":\"Ada\"},{\"id\":2,\"name\":\"Nobody\"}]")
            .seed(
                "books",
                """
                [{"id":1,"title":"Salt","price":1.50,"author_id":1},
                 {"id":2,"title":"Hidden","price":2.25,"author_id":1},
                 {"id":3,"title":"Malt","price":10.00,"author_id":2}]""");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private String call(Caller caller, String function, String arguments, Ask ask) {
    return String.join(" ", backend.call(caller, function, arguments, ask));
  }

  private String call(String function, String arguments) {
    return call(ANON, function, arguments, everything());
  }

  @Test
  void aSetPassesThePolicyAndTheHiddenColumnsOfItsTable() {
    assertThat(call("find_books", "{\"word\":\"\"}"))
        .isEqualTo(
            "{\"id\":1,\"title\":\"Salt\",\"price\":1.50,\"author_id\":1,\"owner\":null}"
                + " {\"id\":3,\"title\":\"Malt\",\"price\":10.00,\"author_id\":2,\"owner\":null}");
    assertThat(call(SERVICE, "find_books", "{\"word\":\"\"}", of("title", "cost")))
        .isEqualTo(
            "{\"title\":\"Salt\",\"cost\":7} {\"title\":\"Malt\",\"cost\":7}"
                + " {\"title\":\"Hidden\",\"cost\":7}");
    assertThat(refusal(() -> call(ANON, "find_books", "{\"word\":\"\"}", of("cost"))))
        .isEqualTo(new Problem.UnknownColumn("books", "cost"));
  }

  @Test
  void aSetIsSelectedFilteredOrderedPagedAndEmbedded() {
    Ask ask = of("title").embed("authors", of("name")).order(asc("title"));
    assertThat(call(ANON, "find_books", "{\"word\":\"alt\"}", ask))
        .isEqualTo(
            "{\"title\":\"Malt\",\"authors\":null} {\"title\":\"Salt\",\"authors\":{\"name\":\"Ada\"}}");
    assertThat(call(ANON, "find_books", "{\"word\":\"alt\"}", of("id").where(eq("price", "1.50"))))
        .isEqualTo("{\"id\":1}");
    assertThat(
            call(
                ANON,
                "find_books",
                "{\"word\":\"\"}",
                of("id").order(desc("id")).limit(1).offset(1)))
        .isEqualTo("{\"id\":1}");
    assertThat(call("find_books", "{\"word\":\"\",\"most\":1}"))
        .startsWith("{\"id\":1,")
        .doesNotContain("Malt");
  }

  @Test
  void aSetIsReadAndCountedInOneStatement() {
    Statements statements = new Statements();
    Asked.Call asked =
        NewRows.call(
            "find_books",
            "{\"word\":\"\"}",
            of("title").embed("authors", of("name")),
            Asked.Count.NONE);
    backend.call(ANON, asked, Plan.Expectation.ANY, statements);
    assertThat(statements.count()).isEqualTo(1);
    Rows rows =
        backend.call(
            ANON,
            NewRows.call("find_books", "{\"word\":\"\"}", of("id").limit(1), Asked.Count.EXACT),
            Plan.Expectation.ANY,
            Observer.NOBODY);
    assertThat(rows.total()).isEqualTo(2);
    assertThat(rows.rows()).hasSize(1);
  }

  @Test
  void argumentsAreValuesWhateverTheySay() {
    assertThat(call("find_books", "{\"word\":\"' or 1=1 --\"}")).isEmpty();
    assertThat(call("find_books", "{\"word\":null}")).isEmpty();
    assertThat(refusal(() -> call("find_books", "{\"word\":\"\",\"most\":\"x\"}")))
        .isEqualTo(new Problem.InvalidValue("integer", "x"));
  }

  @Test
  void oneRowIsTheFirstOrNone() {
    assertThat(call("book", "{\"id\":1}")).contains("\"title\":\"Salt\"");
    assertThat(call("book", "{\"id\":2}")).isEmpty();
    assertThat(call("book", "{\"id\":9}")).isEmpty();
  }

  @Test
  void rowsOfItsOwnHaveTheirDeclaredColumns() {
    assertThat(call("prices", "{}"))
        .isEqualTo(
            "{\"author\":\"Ada\",\"books\":2,\"total\":3.75}"
                + " {\"author\":\"Nobody\",\"books\":1,\"total\":10.00}");
    assertThat(call(ANON, "prices", "{}", of("total").where(eq("author", "Ada"))))
        .isEqualTo("{\"total\":3.75}");
    assertThat(refusal(() -> call(ANON, "prices", "{}", of("price"))))
        .isEqualTo(new Problem.UnknownColumn("prices", "price"));
  }

  @Test
  void valuesComeBare() {
    assertThat(backend.call(ANON, "titles", "{}", everything()))
        .containsExactly("\"Hidden\"", "\"Malt\"", "\"Salt\"");
    assertThat(call("how_many", "{}")).isEqualTo("3");
    assertThat(call("nobody", "{}")).isEmpty();
  }

  @Test
  void theSqlKnowsItsCaller() {
    assertThat(call(user(ANN, Map.of("email", "a@b.c")), "who", "{}", everything()))
        .isEqualTo("{\"uid\":\"" + ANN + "\",\"role\":\"authenticated\",\"mail\":\"a@b.c\"}");
    assertThat(call("who", "{}")).isEqualTo("{\"uid\":null,\"role\":\"anon\",\"mail\":null}");
    assertThat(call(user("no uuid"), "who", "{}", of("uid"))).isEqualTo("{\"uid\":null}");
  }

  @Test
  void aFunctionIsForThoseItNames() {
    assertThat(refusal(() -> call("closed", "{}"))).isEqualTo(new Problem.CallDenied("closed"));
    assertThat(call(SERVICE, "closed", "{}", everything())).isEqualTo("1");
    assertThat(refusal(() -> call("close", "{}")))
        .isEqualTo(new Problem.UnknownFunction("public", "close", List.of(), null, null));
    assertThat(refusal(() -> call("find_book", "{\"word\":\"\"}")))
        .isEqualTo(
            new Problem.UnknownFunction(
                "public", "find_book", List.of("word"), null, "find_books"));
    assertThat(refusal(() -> call("find_books", "{\"words\":\"\"}")))
        .isEqualTo(
            new Problem.UnknownFunction(
                "public", "find_books", List.of("words"), null, "find_books(most, word)"));
  }

  @Test
  void theSqlCanRefuse() {
    assertThat(call("guarded", "{\"ok\":true}")).isEmpty();
    for (int times = 0; times < 3; times++)
      assertThat(refusal(() -> call("guarded", "{\"ok\":false}")))
          .isEqualTo(new Problem.Database("PT418", "no (really)", "because", "do not"));
  }

  /// Whatever the code means when the database itself says it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "22P02", "23502", "23503", "23505", "23514", "23P01", "25006", "40001", "42501",
        "53300", "57014", "57P01", "P0001", "PGRST", "XX000"
      })
  void theSqlRefusesWithAnyCode(String code) {
    assertThat(refusal(() -> call("refusing", "{\"code\":\"" + code + "\"}")))
        .isEqualTo(new Problem.Database(code, "no", "because", "do not"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000", "p0001", "P00012", "", "é0001"})
  void whatIsNoCodeOfARefusalIsP0001(String code) {
    assertThat(refusal(() -> call("refusing", "{\"code\":\"" + code + "\"}")))
        .isEqualTo(new Problem.Database("P0001", "no", "because", "do not"));
  }

  @ParameterizedTest
  @CsvSource({"sneaky, INSERT", "sneaky_update, UPDATE", "sneaky_delete, DELETE"})
  void whatIsToReadCannotWrite(String function, String command) {
    assertThat(refusal(() -> call(SERVICE, function, "{}", everything())))
        .isEqualTo(
            new Problem.Database(
                "25006", "cannot execute " + command + " in a read-only transaction", null, null));
    assertThat(
            refusal(
                () ->
                    backend.unit(
                        unit ->
                            unit.call(
                                backend
                                    .planner()
                                    .call(
                                        NewRows.call(
                                            function, "{}", everything(), Asked.Count.NONE),
                                        Plan.Expectation.ANY,
                                        SERVICE)))))
        .isInstanceOf(Problem.Database.class);
    assertThat(backend.stored("authors", "id")).isEqualTo("[{\"id\":1},{\"id\":2}]");
  }

  @Test
  void whatWritesAnswersWhatItsCallerMaySee() {
    assertThat(
            call(
                user(ANN),
                "add_book",
                "{\"id\":4,\"title\":\"Wool\"}",
                of("title", "price", "owner").embed("authors", of("name"))))
        .isEqualTo(
            "{\"title\":\"Wool\",\"price\":1.50,\"owner\":\""
                + ANN
                + "\",\"authors\":{\"name\":\"Ada\"}}");
    assertThat(call("add_book", "{\"id\":5,\"title\":\"Silk\",\"price\":2}")).contains("2.00");
    assertThat(call("retitle_all", "{\"suffix\":\"\"}")).contains("Wool").doesNotContain("Hidden");
    assertThat(call(ANON, "retitle_all", "{\"suffix\":\"\"}", of("id").where(eq("title", "Salt"))))
        .isEqualTo("{\"id\":1}");
    assertThat(call("touch", "{}")).isEmpty();
    assertThat(backend.stored("books", "cost"))
        .isEqualTo("[{\"cost\":8},{\"cost\":8},{\"cost\":8},{\"cost\":8},{\"cost\":8}]");
  }

  @Test
  void whatFailsIsUndone() {
    String before = backend.stored("books");
    assertThat(refusal(() -> call("retitle_all", "{\"suffix\":null}")))
        .isInstanceOf(Problem.ConstraintViolated.class);
    assertThat(refusal(() -> call("add_book", "{\"id\":4,\"title\":\"Salt\"}")))
        .isEqualTo(
            new Problem.ConstraintViolated(
                Problem.ConstraintViolated.Kind.UNIQUE,
                "duplicate key value violates unique constraint \"books_title_key\"",
                null));
    assertThat(refusal(() -> call("add_book", "{\"id\":4,\"title\":\"\"}")))
        .isInstanceOf(Problem.ConstraintViolated.class);
    assertThat(refusal(() -> call("broken", "{}")))
        .isEqualTo(
            new Problem.Database(
                "42P13", "the function does not answer the column \"title\"", null, null));
    assertThat(
            refusal(
                () ->
                    backend.call(
                        ANON,
                        NewRows.call(
                            "retitle_all", "{\"suffix\":\"!\"}", everything(), Asked.Count.NONE),
                        new Plan.Expectation(1L, false),
                        Observer.NOBODY)))
        .isEqualTo(new Problem.TooManyRows(3));
    assertThat(backend.stored("books")).isEqualTo(before);
  }

  @Test
  void aFunctionAheadOfARequestRefusesIt() {
    var closed =
        backend.planner().catalog().functions(TableName.inDefaultSchema("closed")).getFirst();
    Plan.Call ahead = backend.planner().ahead(closed, ANON);
    Plan.Read read = backend.planner().read(of("id").order(asc("id")).from("books"), ANON);
    Rows rows =
        backend.snapshot(
            unit -> {
              unit.call(ahead);
              return unit.read(read);
            });
    assertThat(rows.rows()).hasSize(2);
    Plan.Call guarded =
        backend
            .planner()
            .call(
                NewRows.call("guarded", "{\"ok\":false}", everything(), Asked.Count.NONE),
                Plan.Expectation.ANY,
                ANON);
    assertThat(
            refusal(
                () ->
                    backend.snapshot(
                        unit -> {
                          unit.call(guarded);
                          return unit.read(read);
                        })))
        .isInstanceOf(Problem.Database.class);
  }
}
