package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.ANON;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.testkit.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A view is read as a table is: with relations, by keys that it declares, and under a policy of
/// its own.
abstract class ViewSuite extends Suite {
  private static final String MODEL =
      """
      tables:
        authors:
          columns:
            id: {type: integer, primary_key: true}
            name: text
          policies:
            read: true
        books:
          columns:
            id: {type: integer, primary_key: true}
            title: text
            author_id: {type: integer, references: authors}
            in_print: boolean
      views:
        printed:
          comment: What can be bought
          sql: SELECT id, title, author_id FROM books WHERE in_print
          columns:
            id: integer
            title: {type: text, comment: As on the cover}
            author_id: {type: integer, references: authors}
          primary_key: [id]
          policies:
            read: row.title != 'Secret'
      """;

  private Backend backend;

  @BeforeAll
  void open() {
    backend =
        Backend.open(engine(), MODEL)
            .seed("authors", "[{\"id\":1,\"name\":\"Ada\"}]")
            .seed(
                "books",
                """
                [{"id":1,"title":"Salt","author_id":1,"in_print":true},
                 {"id":2,"title":"Wool","author_id":1,"in_print":false},
                 {"id":3,"title":"Secret","author_id":1,"in_print":true}]
                """);
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void isReadUnderItsOwnPolicy() {
    assertThat(backend.read(ANON, everything().from("printed")))
        .isEqualTo("[{\"id\":1,\"title\":\"Salt\",\"author_id\":1}]");
    assertThat(backend.read(SERVICE, of("id").order(asc("id")).from("printed")))
        .isEqualTo("[{\"id\":1},{\"id\":3}]");
    assertThat(backend.read(ANON, of("id").from("books"))).isEqualTo("[]");
  }

  @Test
  void isRelatedByTheKeysItDeclares() {
    assertThat(backend.read(ANON, of("title").embed("authors", of("name")).from("printed")))
        .isEqualTo("[{\"title\":\"Salt\",\"authors\":{\"name\":\"Ada\"}}]");
    assertThat(backend.read(ANON, of("name").embed("printed", of("title")).from("authors")))
        .isEqualTo("[{\"name\":\"Ada\",\"printed\":[{\"title\":\"Salt\"}]}]");
  }

  @Test
  void isNotWritten() {
    Problem denied = new Problem.PermissionDenied("printed");
    assertThat(refusal(() -> backend.insert(SERVICE, "printed", "{\"id\":4}"))).isEqualTo(denied);
    assertThat(refusal(() -> backend.update(SERVICE, "printed", "{\"id\":4}", eq("id", "1"))))
        .isEqualTo(denied);
    assertThat(refusal(() -> backend.delete(SERVICE, "printed", eq("id", "1")))).isEqualTo(denied);
  }
}
