package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.embedded;
import static dev.mainstay.testkit.Ask.inner;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.not;
import static dev.mainstay.testkit.Where.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.search.Language;
import dev.mainstay.core.search.Lexemes;
import dev.mainstay.core.search.SearchQuery;
import dev.mainstay.core.search.SearchReader;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Search documents find the same rows on every engine: what [Lexemes] finds in their texts.
abstract class SearchSuite extends Suite {
  private static final List<Grammar> GRAMMARS = List.of(Grammar.values());
  private static final long SEED = 20261125;
  private static final String ALICE = "aaaaaaaa-0000-4000-8000-000000000001";

  private static final String MODEL =
      """
      tables:
        posts:
          columns:
            id: {type: integer, primary_key: true}
            parent: {type: 'integer?', references: posts, on_delete: cascade, inverse: replies}
            owner: {type: 'uuid?'}
            title: {type: text, default: ''}
            body: text?
            secret: {type: 'text?', hidden_from: [anon, authenticated]}
          search:
            document: {columns: [title, body], language: english}
            words: [title, body]
            secrets: [secret]
          policies:
            read: {authenticated: row.owner == auth.uid}
        notes:
          columns:
            rowid: {type: text, primary_key: true}
            post_id: {type: 'integer?', references: posts, on_delete: cascade}
            text: varchar(200)
          search: {text_search: text}
      """;

  private static final List<String> VOCABULARY =
      List.of(
          "cat",
          "cats",
          "running",
          "run",
          "the",
          "of",
          "generously",
          "a1",
          "1e5km",
          "naïve",
          "ÉCOLE",
          "C++",
          "foo-bar",
          "it's",
          "日本",
          "skies",
          "x_y",
          "e\u0301",
          "in",
          "hat",
          "42",
          "0x1F");

  private Backend backend;

  @BeforeAll
  void open() {
    backend = Backend.open(engine(), MODEL);
    backend.seed(
        "posts",
        """
        [{"id":1,"title":"The Cat in the Hat","body":"A rhyming story","owner":"%s","secret":"gold"},
         {"id":2,"title":"Running cats","body":"They run; the hats fly","owner":null,"secret":null},
         {"id":3,"title":"C++ and foo-bar: naïve ÉCOLE","body":null,"owner":"%s","secret":null},
         {"id":4,"title":"","body":null,"owner":null,"secret":null},
         {"id":5,"parent":1,"title":"hat cat","body":"zebra's 1e5km run","owner":null,"secret":null}]\
        """
            .formatted(ALICE, ALICE));
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "document | OPERATORS | cat                      | 1 2 5",
        "document | OPERATORS | cats & !run              | 1",
        "document | OPERATORS | `runs | stories`         | 1 2 5",
        "document | OPERATORS | !cat                     | 3 4",
        "document | OPERATORS | !cat & !fly              | 3 4",
        "document | OPERATORS | cat <-> hat              | ``",
        "document | OPERATORS | cat <3> hat              | 1",
        "document | OPERATORS | 'cat in the hat'         | 1",
        "document | OPERATORS | hat <-> cat              | 5",
        "document | OPERATORS | !(hat <-> cat) & cat     | 1 2",
        "document | OPERATORS | `(run | hat) <-> (fly | cat)` | 2 5",
        "document | OPERATORS | !hat <-> cat             | 1 2",
        "document | OPERATORS | zeb:*                    | 5",
        "document | OPERATORS | the                      | ``",
        "document | OPERATORS | !the                     | ``",
        "document | OPERATORS | the & cat                | 1 2 5",
        "document | OPERATORS | `` | ``",
        "document | OPERATORS | foo-bar                  | 3",
        "document | OPERATORS | c & ++                   | 3",
        "document | PLAIN     | CATS of the hats         | 1 2 5",
        "document | PLAIN     | `& | ! ( fly : * run`    | 2",
        "document | PLAIN     | `\" OR \"cat' --`        | 1 2 5",
        "document | PHRASE    | cat in the hat           | 1",
        "document | PHRASE    | hat cat                  | 5",
        "document | WEB       | cat -run                 | 1",
        "document | WEB       | fly or école             | 2 3",
        "document | WEB       | \"cat in the hat\" or \"hat cat\" | 1 5",
        "document | WEB       | cat -\"hat cat\" -\"run the\" | 1",
        "document | WEB       | or                       | ``",
        "document | WEB       | -                        | ``",
        "words    | OPERATORS | the                      | 1 2",
        "words    | OPERATORS | cats                     | 2",
        "words    | OPERATORS | NAÏVE & école            | 3",
        "words    | OPERATORS | 1e5 <-> km               | 5",
        "words    | OPERATORS | `z:* | r:*`              | 1 2 5",
      })
  void found(String document, Grammar grammar, String query, String ids) {
    assertThat(ids(SERVICE, search(document, grammar, query))).isEqualTo(ids);
    List<String> others = new ArrayList<>(List.of("1", "2", "3", "4", "5"));
    others.removeAll(List.of(ids.split(" ")));
    assertThat(ids(SERVICE, not(search(document, grammar, query))))
        .isEqualTo(String.join(" ", others));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fat cat     | 42601 | syntax error in tsquery: \"fat cat\"",
        "fat &       | 42601 | no operand in tsquery: \"fat &\"",
        "& fat       | 42601 | syntax error in tsquery: \"& fat\"",
        "(fat        | 42601 | syntax error in tsquery: \"(fat\"",
        "fat)        | 42601 | syntax error in tsquery: \"fat)\"",
        "()          | 42601 | syntax error in tsquery: \"()\"",
        "fat < b     | 42601 | syntax error in tsquery: \"fat < b\"",
        "`'fat`      | 42601 | syntax error in tsquery: \"'fat\"",
        "fat:x       | 42601 | syntax error in tsquery: \"fat:x\"",
        "!           | 42601 | no operand in tsquery: \"!\"",
        "`\\`        | 42601 | there is no escaped character: \"\\\"",
        "a <99999> b | 22023 | distance in phrase operator must be an integer value between zero"
            + " and 16384 inclusive",
      })
  void malformed(String query, String state, String message) {
    assertThat(refusal(() -> ids(SERVICE, search("document", Grammar.OPERATORS, query))))
        .isEqualTo(new Problem.Database(state, message, null, null));
  }

  @Test
  void whatADocumentIsNot() {
    Asked.Condition other =
        new Asked.Condition.Search(Asked.Field.of("document"), Grammar.PLAIN, "french", "chat");
    assertThat(refusal(() -> ids(SERVICE, other))).isInstanceOf(Problem.Unsupported.class);
    Asked.Condition own =
        new Asked.Condition.Search(Asked.Field.of("document"), Grammar.PLAIN, "english", "zebra");
    assertThat(ids(SERVICE, own)).isEqualTo("5");
    Problem unknown = new Problem.UnknownColumn("posts", "document");
    assertThat(refusal(() -> backend.read(SERVICE, of("document").from("posts"))))
        .isEqualTo(unknown);
    assertThat(refusal(() -> ids(SERVICE, eq("document", "x")))).isEqualTo(unknown);
    assertThat(refusal(() -> backend.insert(SERVICE, "posts", "{\"id\":9,\"document\":\"x\"}")))
        .isEqualTo(new Problem.UnknownBodyColumn("posts", "document"));
    assertThat(backend.stored("posts")).doesNotContain("document");
  }

  @Test
  void policiesHoldAndHiddenColumnsAreNotSearched() {
    Caller alice = Callers.user(ALICE);
    assertThat(ids(alice, search("document", Grammar.PLAIN, "cat"))).isEqualTo("1");
    assertThat(ids(alice, search("document", Grammar.OPERATORS, "!cat"))).isEqualTo("3");
    assertThat(ids(Callers.ANON, search("document", Grammar.PLAIN, "cat"))).isEmpty();
    assertThat(ids(SERVICE, search("secrets", Grammar.PLAIN, "gold"))).isEqualTo("1");
    assertThat(refusal(() -> ids(alice, search("secrets", Grammar.PLAIN, "gold"))))
        .isEqualTo(new Problem.UnknownColumn("posts", "secrets"));
  }

  @Test
  void aColumnIsSearchedByEnginesThatCan() {
    Asked.Condition condition = search("title", Grammar.OPERATORS, "running");
    if (backend.engine().capabilities().contains(Capability.COLUMN_SEARCH)) {
      assertThat(ids(SERVICE, condition)).isEqualTo("2");
      Asked.Condition french =
          new Asked.Condition.Search(Asked.Field.of("title"), Grammar.PLAIN, "french", "cat");
      assertThat(ids(SERVICE, french)).isEqualTo("1 2 5");
      assertThat(refusal(() -> ids(SERVICE, search("title", Grammar.OPERATORS, "a b"))))
          .isEqualTo(new Problem.Database("42601", "syntax error in tsquery: \"a b\"", null, null));
    } else {
      assertThat(refusal(() -> ids(SERVICE, condition)))
          .isEqualTo(
              new Problem.Unsupported(
                  "full-text search in a column: declare a search document over it in the model"));
    }
    assertThat(refusal(() -> ids(SERVICE, search("id", Grammar.PLAIN, "1"))))
        .isEqualTo(new Problem.NoSuchOperator("@@", "integer", "tsquery"));
  }

  @Test
  void languagesThatOnlySomeEnginesKnow() {
    String model =
        """
        tables:
          t: {columns: {id: {type: integer, primary_key: true}, v: text}, search: {d: {columns: v, language: french}}}
        """;
    if (backend.engine().capabilities().contains(Capability.COLUMN_SEARCH)) {
      try (Backend french = Backend.open(engine(), model)) {
        french.seed("t", "[{\"id\":1,\"v\":\"les chevaux\"},{\"id\":2,\"v\":\"le cheval\"}]");
        assertThat(
                french.read(
                    SERVICE,
                    of("id")
                        .where(search("d", Grammar.PLAIN, "le cheval"))
                        .order(asc("id"))
                        .from("t")))
            .isEqualTo("[{\"id\":1},{\"id\":2}]");
      }
    } else {
      assertThatThrownBy(() -> Backend.open(engine(), model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("does not know the words of french");
    }
  }

  @Test
  void documentsKeepInStepWithWhatIsWritten() {
    try (Backend fresh = Backend.open(engine(), MODEL)) {
      fresh.insert(
          SERVICE,
          "posts",
          "[{\"id\":1,\"title\":\"one\"},{\"id\":2,\"title\":\"two\",\"parent\":1},{\"id\":3,\"title\":\"three\"}]");
      fresh.insert(
          SERVICE,
          "notes",
          "[{\"rowid\":\"a\",\"post_id\":2,\"text\":\"alpha\"},{\"rowid\":\"b\",\"post_id\":1,\"text\":\"beta\"}]");
      assertThat(ids(fresh, "two")).isEqualTo("2");
      fresh.update(SERVICE, "posts", "{\"title\":\"four\"}", eq("id", "2"));
      assertThat(ids(fresh, "two")).isEmpty();
      assertThat(ids(fresh, "four")).isEqualTo("2");
      fresh.update(SERVICE, "posts", "{\"id\":30}", eq("id", "3"), not(eq("id", "99")));
      assertThat(ids(fresh, "three")).isEqualTo("30");
      fresh.update(
          SERVICE, "posts", "{\"body\":\"five\"}", search("document", Grammar.PLAIN, "four"));
      assertThat(ids(fresh, "five")).isEqualTo("2");
      refusal(() -> fresh.insert(SERVICE, "posts", "[{\"id\":8,\"title\":\"lost\"},{\"id\":1}]"));
      assertThat(ids(fresh, "lost")).isEmpty();
      assertThat(notes(fresh, "alpha")).isEqualTo("[{\"rowid\":\"a\"}]");
      fresh.delete(SERVICE, "posts", search("document", Grammar.PLAIN, "one"));
      assertThat(ids(fresh, "four")).isEmpty();
      assertThat(notes(fresh, "alpha")).isEqualTo("[]");
      assertThat(notes(fresh, "beta")).isEqualTo("[]");
    }
  }

  @Test
  void anEmbedIsSearchedUnderItsOwnPolicy() {
    Asked.Read asked =
        of("id")
            .with(
                inner(embedded("posts", of("id").where(search("document", Grammar.PLAIN, "cat")))))
            .from("posts");
    assertThat(backend.read(SERVICE, asked)).isEqualTo("[{\"id\":1,\"posts\":[{\"id\":5}]}]");
    assertThat(backend.read(Callers.user(ALICE), asked)).isEqualTo("[]");
  }

  @Test
  void whatLexemesFindTheEngineFinds() {
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>();
    StringBuilder rows = new StringBuilder("[");
    for (int id = 0; id < 60; id++) {
      String text = sentence(random);
      texts.add(text);
      rows.append(id == 0 ? "" : ",").append("{\"id\":%d,\"title\":\"%s\"}".formatted(id, text));
    }
    try (Backend fresh = Backend.open(engine(), MODEL)) {
      fresh.seed("posts", rows.append(']').toString());
      for (int i = 0; i < 400; i++) {
        Grammar grammar = GRAMMARS.get(random.nextInt(GRAMMARS.size()));
        String text = grammar == Grammar.OPERATORS ? operators(random, 3) : sentence(random);
        if (grammar == Grammar.PLAIN || grammar == Grammar.PHRASE)
          text = text.substring(0, Math.min(text.length(), 8));
        for (Language language : Language.values()) {
          String document = language == Language.ENGLISH ? "document" : "words";
          assertThat(ids(fresh, document, grammar, text))
              .as("%s %s in %s", grammar, text, language)
              .isEqualTo(expected(texts, language, grammar, text));
        }
      }
    }
  }

  private static String expected(
      List<String> texts, Language language, Grammar grammar, String text) {
    SearchQuery read = SearchReader.read(grammar, text);
    SearchQuery query = read == null ? null : language.lexemes(read);
    List<String> ids = new ArrayList<>();
    for (int id = 0; id < texts.size(); id++)
      if (query != null && Lexemes.of(language, texts.get(id)).match(query)) ids.add("" + id);
    return String.join(" ", ids);
  }

  private static String sentence(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i >= 0; i--)
      text.append(word(random)).append(random.nextInt(5) == 0 ? ", " : " ");
    return text.toString();
  }

  private static String operators(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 8)) {
      case 0, 1 -> "'" + word(random).replace("'", "''") + "'";
      case 2 -> "'" + word(random).substring(0, 1) + "':*";
      case 3 -> "!" + operators(random, 0);
      case 4 -> operators(random, depth - 1) + " & " + operators(random, depth - 1);
      case 5 -> "(" + operators(random, depth - 1) + " | " + operators(random, depth - 1) + ")";
      default ->
          "(%s <%d> %s)"
              .formatted(
                  operators(random, depth - 1), random.nextInt(4), operators(random, depth - 1));
    };
  }

  private static String word(Random random) {
    String word = VOCABULARY.get(random.nextInt(VOCABULARY.size()));
    return random.nextInt(4) == 0 ? word.toUpperCase(Locale.ROOT) : word;
  }

  private String ids(Caller caller, Asked.Condition condition) {
    return ids(backend, caller, condition);
  }

  private static String ids(Backend backend, String query) {
    return ids(backend, "document", Grammar.PLAIN, query);
  }

  private static String ids(Backend backend, String document, Grammar grammar, String query) {
    return ids(backend, SERVICE, search(document, grammar, query));
  }

  private static String ids(Backend backend, Caller caller, Asked.Condition condition) {
    return backend
        .read(caller, of("id").where(condition).order(asc("id")).from("posts"))
        .replaceAll("[^0-9]+", " ")
        .strip();
  }

  private static String notes(Backend backend, String query) {
    return backend.read(
        SERVICE, of("rowid").where(search("text_search", Grammar.PLAIN, query)).from("notes"));
  }
}
