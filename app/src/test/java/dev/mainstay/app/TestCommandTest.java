package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `mainstay test` prints, and the status it ends with.
final class TestCommandTest {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
            owner_id: {type: uuid?, default: auth.uid}
          policies:
            read: {authenticated: row.owner_id == auth.uid}
            insert: {authenticated: new.owner_id == auth.uid}
          seed: notes.csv
      """;

  private static final String PASSING =
      """
      - {name: strangers see nothing, get: /rest/v1/notes, sees_nothing: true}
      - {name: the store sees all, as: service_role, get: /rest/v1/notes, count: 2}
      """;

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void inAFolder() throws IOException {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    write("backend.yaml", MODEL);
    write("notes.csv", "title\none\ntwo\n");
    Files.createDirectory(folder.resolve("tests"));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static String untimed(Outcome outcome) {
    return outcome.out().replaceAll("\\(\\d+\\.\\d s\\)", "(… s)");
  }

  @Test
  void endsWithZeroWhenAllPass() throws IOException {
    write("tests/b.yaml", PASSING);
    write("tests/a.yml", "- get: /health/ready");
    write("tests/README.md", "no test");
    Outcome outcome = cli.run("test");
    assertThat(untimed(outcome))
        .isEqualTo(
            """
            ok    tests/a.yml  1 test
            ok    tests/b.yaml  2 tests
            3 tests in 2 files on SQLite: all passed (… s)
            """);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(cli.run("test", "--jobs", "1", folder.toString()).status()).isZero();
  }

  @Test
  void tellsWhatFailsWithItsPlaceAndDifferencesInTheOrderOfTheFiles() throws IOException {
    write("tests/b.yaml", PASSING);
    write(
        "tests/a.yaml",
        """
        callers: [ann, bob]
        tests:
          - name: notes are their owner's
            as: ann
            post: /rest/v1/notes
            body: {title: mine}
            keep: {note: id}
            then:
              - {get: /rest/v1/notes?select=title, sees: [{title: mine}]}
              - {as: bob, name: Bob looks, get: /rest/v1/notes?id=eq.$note&select=title, sees: [{title: mine}]}
          - as: service_role
            get: /rest/v1/notes?select=id,title&order=id
            sees: [{id: 1, title: one}, {id: 2, title: too}]
          - get: /rest/v1/notes
            refused: 42501
          - {as: service_role, get: /rest/v1/notes, count: 2}
        """);
    Outcome outcome = cli.run("test", "--jobs", "3");
    assertThat(untimed(outcome))
        .isEqualTo(
            """
            FAIL  tests/a.yaml  3 of 4 tests

            tests/a.yaml:10:36: notes are their owner's
              step 3 of 3, Bob looks
              as bob: GET /rest/v1/notes?id=eq.$note&select=title
                1 row expected, 0 seen
                [0]: missing {"title":"mine"}

            tests/a.yaml:12:5: service_role: GET /rest/v1/notes?select=id,title&order=id
              as service_role: GET /rest/v1/notes?select=id,title&order=id
                [1].title: expected "too", seen "two"

            tests/a.yaml:14:5: anon: GET /rest/v1/notes
              as anon: GET /rest/v1/notes
                expected a refusal, 42501; seen 200
                the answer: []

            ok    tests/b.yaml  2 tests
            6 tests in 2 files on SQLite: 3 failed (… s)
            """);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void endsWithTwoForAFileThatIsWrong() throws IOException {
    write("tests/a.yaml", "- {get: /rest/v1/notes, sess: []}");
    write("tests/b.yaml", "- {as: anom, get: /rest/v1/notes}");
    assertThat(cli.run("test"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                """
                tests/a.yaml:1:25: unknown key 'sess'
                    - {get: /rest/v1/notes, sess: []}
                                            ^
                hint: did you mean 'sees'?

                tests/b.yaml:1:8: unknown caller 'anom'
                    - {as: anom, get: /rest/v1/notes}
                           ^
                hint: did you mean 'anon'?

                mainstay: 2 faults; no test was run
                """));
    write("backend.yaml", "tables: {t: {}}");
    assertThat(cli.run("test").err()).startsWith(folder.resolve("backend.yaml") + ":1:10: ");
  }

  @Test
  void saysWhatThereIsNotToRun() throws IOException {
    assertThat(cli.run("test"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: There are no tests in %s; docs/testing.md shows some\n"
                    .formatted(folder.resolve("tests"))));
    write("tests/a.yaml", PASSING);
    assertThat(cli.run("test", "--only", "nobody"))
        .isEqualTo(new Outcome(1, "", "mainstay: No test goes by nobody\n"));
    write("backend.yaml", MODEL.replace("notes.csv", "none.csv"));
    assertThat(cli.run("test").status()).isEqualTo(2);
  }

  @Test
  void runsOnlyWhatIsNamed() throws IOException {
    write("tests/a.yaml", PASSING);
    write("tests/b.yaml", "- {name: b, get: /nowhere}");
    assertThat(untimed(cli.run("test", "--only", "SEES ALL")))
        .isEqualTo(
            """
            ok    tests/a.yaml  1 test
            1 test in 1 file on SQLite: all passed (… s)
            """);
    assertThat(untimed(cli.run("test", "--only", "a.yaml"))).startsWith("ok    tests/a.yaml  2 t");
    assertThat(untimed(cli.run("test", "--only", "str*g", "--only", "*all")))
        .startsWith("ok    tests/a.yaml  2 tests\n2 tests in 1 file");
  }

  @Test
  void writesJunitsXml() throws IOException {
    write("tests/a.yaml", PASSING + "- {name: '<a & \"b\">', get: /rest/v1/notes, count: 1}\n");
    assertThat(cli.run("test", "--junit", "report.xml").status()).isEqualTo(1);
    assertThat(
            Files.readString(folder.resolve("report.xml")).replaceAll("time=\"[0-9.]+\"", "time=…"))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="tests/a.yaml" tests="3" failures="1" errors="0" skipped="0" time=…>
                <testcase name="strangers see nothing" classname="tests/a.yaml" file="tests/a.yaml" line="1" time=…></testcase>
                <testcase name="the store sees all" classname="tests/a.yaml" file="tests/a.yaml" line="2" time=…></testcase>
                <testcase name="&lt;a &amp; &quot;b&quot;&gt;" classname="tests/a.yaml" file="tests/a.yaml" line="3" time=…>
                  <failure message="expected 1 row, counted 0">tests/a.yaml:3: as anon: GET /rest/v1/notes
            expected 1 row, counted 0</failure>
                </testcase>
              </testsuite>
            </testsuites>
            """);
  }

  @Test
  void requestsGoTheWholeWay() throws IOException {
    write(
        "tests/a.yaml",
        """
        - {name: without a key, get: /rest/v1/notes, headers: {apikey: null}, status: 401}
        - {name: with a bad token, get: /rest/v1/notes, headers: {Authorization: Bearer x}, refused: PGRST301}
        - {name: nowhere, get: /nowhere, refused: not_found, status: 404}
        - {name: the description, as: service_role, get: /openapi.json, includes: {openapi: 3.1.0}}
        - {name: head, as: service_role, head: /rest/v1/notes, count: 2, response_headers: {Content-Range: 0-1/2}}
        - {name: csv, as: service_role, get: "/rest/v1/notes?select=id,title&order=id", headers: {Accept: text/csv}, sees: "id,title\\n1,one\\n2,two"}
        - name: rows as CSV
          as: {uid: 6f0e1d2c-3b4a-4958-8776-655443322110, claims: {app_metadata: {team: a}}}
          post: /rest/v1/notes?select=title
          body: "title\\nthree\\nfour"
          headers: {Content-Type: text/csv}
          sees: [{title: four}, {title: three}]
          count: 2
        - {name: by uid, as: {uid: 6f0e1d2c-3b4a-4958-8776-655443322110}, get: /rest/v1/notes, sees_nothing: true}
        - {name: too large, post: /rest/v1/notes, body: {title: %s}, status: 413}
        """
            .formatted("x".repeat(2000)));
    Outcome outcome = cli.run("test", "--set", "http.body_limit=1KB");
    assertThat(untimed(outcome))
        .isEqualTo(
            """
            ok    tests/a.yaml  9 tests
            9 tests in 1 file on SQLite: all passed (… s)
            """);
  }
}
