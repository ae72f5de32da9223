package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.search;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows that a function returns are searched as they are returned, not as they are stored: what a
/// function masks is not found.
abstract class FunctionSearchSuite extends Suite {
  private static final Caller ALICE = Callers.user("aaaaaaaa-0000-4000-8000-000000000001");

  private static final String MODEL =
      """
      tables:
        posts:
          columns:
            id: {type: integer, primary_key: true}
            owner: uuid?
            title: text
            body: text?
            secret: {type: text?, hidden_from: [anon, authenticated]}
          search:
            document: {columns: [title, body], language: english}
            words: [title, body]
            secrets: [secret]
          policies: {read: {authenticated: row.owner == auth.uid}}
        notes:
          columns:
            code: {type: text, primary_key: true}
            text: varchar(200)
          search: {words: text}
      functions:
        all_posts: {returns: {set_of: posts}, sql: select * from posts, allow: everyone}
        masked:
          returns: {set_of: posts}
          sql: >-
            select id, owner, substr(title, 1, 7) as title, 'a cat' as body, 'iron' as secret
            from posts
          allow: everyone
        all_notes: {returns: {set_of: notes}, sql: select * from notes, allow: everyone}
        move:
          arguments: {id: integer}
          returns: {set_of: posts}
          writes: true
          sql:
            - update posts set title = 'moved' where id = :id
            - select * from posts
          allow: everyone
      """;

  private Backend backend;

  @BeforeEach
  void open() {
    backend =
        Backend.open(engine(), MODEL)
            .seed(
                "posts",
                """
                [{"id":1,"title":"The Cat in the Hat","body":"A story","owner":"aaaaaaaa-0000-4000-8000-000000000001","secret":"gold"},
                 {"id":2,"title":"Running cats","body":"They run; the hats fly","owner":null,"secret":null},
                 {"id":3,"title":"C++ and cats","body":null,"owner":"aaaaaaaa-0000-4000-8000-000000000001","secret":null},
                 {"id":4,"title":"","body":null,"owner":null,"secret":null},
                 {"id":5,"title":"hat cat","body":"zebras run","owner":null,"secret":null}]\
                """)
            .seed(
                "notes",
                "[{\"code\":\"n1\",\"text\":\"a cat\"},{\"code\":\"n2\",\"text\":\"a hat\"}]");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "all_posts | document | OPERATORS | cat                   | 1 2 3 5",
        "all_posts | document | OPERATORS | !cat & !fly           | 4",
        "all_posts | document | PHRASE    | cat in the hat        | 1",
        "all_posts | document | OPERATORS | the                   | ``",
        "all_posts | words    | WEB       | \"the hats\"          | 2",
        "all_posts | secrets  | PLAIN     | gold                  | 1",
        "masked    | document | PLAIN     | cat                   | 1 2 3 4 5",
        "masked    | document | WEB       | hat or story or zebra | 5",
        "masked    | document | PHRASE    | cat a cat             | 1 5",
        "masked    | secrets  | PLAIN     | gold                  | ``",
        "masked    | secrets  | PLAIN     | iron                  | 1 2 3 4 5",
      })
  void searchesWhatIsReturned(
      String function, String document, Grammar grammar, String query, String ids) {
    assertThat(called(SERVICE, function, search(document, grammar, query)))
        .isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split(" ")));
  }

  @Test
  void searchesUnderThePolicy() {
    assertThat(called(ALICE, "all_posts", search("words", Grammar.PLAIN, "cats")))
        .containsExactly("3");
    assertThat(refusal(() -> called(ALICE, "masked", search("secrets", Grammar.PLAIN, "iron"))))
        .isInstanceOf(Problem.UnknownColumn.class);
  }

  @Test
  void searchesWhatIsWritten() {
    assertThat(moved(ALICE, search("words", Grammar.PLAIN, "moved"))).containsExactly("3");
    assertThat(moved(SERVICE, search("words", Grammar.PLAIN, "cats"))).containsExactly("2");
  }

  @Test
  void searchesRowsWithoutANumber() {
    assertThat(
            backend.call(
                SERVICE,
                "all_notes",
                "{}",
                of("code").where(search("words", Grammar.PLAIN, "cat"), eq("text", "a cat"))))
        .containsExactly("{\"code\":\"n1\"}");
  }

  private List<String> moved(Caller caller, Asked.Condition where) {
    return ids(backend.call(caller, "move", "{\"id\":3}", of("id").where(where)));
  }

  private List<String> called(Caller caller, String function, Asked.Condition where) {
    return ids(backend.call(caller, function, "{}", of("id").where(where)));
  }

  private static List<String> ids(List<String> rows) {
    return rows.stream().map(row -> row.replaceAll("[^0-9]", "")).sorted().toList();
  }
}
