package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateCommandTest {
  private static final String MODEL =
      """
      roles: [clerk]
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: {type: text, hidden_from: clerk}
          policies: {read: {clerk: true}}
        shop.things:
          columns: {id: {type: integer, primary_key: true}}
          policies: {read: {clerk: true}}
      """;

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void inAFolder() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    write("backend.yaml", MODEL);
  }

  @Test
  void printsTypesOfWhatTheServiceSees() {
    Outcome outcome = cli.run("generate", "types");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("export type Database = {", "title: string")
        .doesNotContain("shop", "things");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void leavesOutWhatARoleDoesNotSee() {
    assertThat(cli.run("generate", "types", "--role", "clerk").out())
        .contains("notes: {")
        .doesNotContain("title");
    assertThat(cli.run("generate", "types", "--role", "clark"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: The model " + folder + "/backend.yaml declares no role 'clark'\n"));
  }

  @Test
  void isOfTheSchemasThatAreShownOrNamed() throws Exception {
    assertThat(cli.run("generate", "types", "--schema", "public,shop").out())
        .contains("  public: {", "  shop: {");
    assertThat(cli.run("generate", "types", "--schema", "shop").out())
        .contains("  shop: {")
        .doesNotContain("public");
    for (String none : List.of("shops", "mainstay"))
      assertThat(cli.run("generate", "types", "--schema", none))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "mainstay: The model "
                      + folder
                      + "/backend.yaml has nothing in a schema '"
                      + none
                      + "'\n"));
    write("mainstay.yaml", "rest: {schemas: [shop, public]}\n");
    assertThat(cli.run("generate", "types").out()).contains("  public: {", "  shop: {");
  }

  @Test
  void writesAFileOnlyWhenItChanges() throws Exception {
    Path file = folder.resolve("src/database.types.ts");
    String[] command = {"generate", "types", "--out", "src/database.types.ts"};
    assertThat(cli.run(command)).isEqualTo(new Outcome(0, "src/database.types.ts: written\n", ""));
    assertThat(file).hasContent(cli.run("generate", "types").out());
    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(file, longAgo);
    assertThat(cli.run(command))
        .isEqualTo(new Outcome(0, "src/database.types.ts: as it was\n", ""));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
    write("backend.yaml", MODEL.replace("title", "heading"));
    assertThat(cli.run(command).out()).endsWith(": written\n");
    assertThat(file).content().contains("heading").doesNotContain("title");
    try (var files = Files.list(folder.resolve("src"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysWhyAFileCannotBeWritten() {
    Outcome outcome = cli.run("generate", "types", "--out", "backend.yaml/types.ts");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("mainstay: backend.yaml/types.ts cannot be written: ");
  }

  @Test
  void tellsEveryFaultOfAModelAndWritesNothing() throws Exception {
    write("backend.yaml", "tables: {a: {colums: {}}}");
    Outcome outcome = cli.run("generate", "types", "--out", "types.ts");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("unknown key 'colums'");
    assertThat(folder.resolve("types.ts")).doesNotExist();
  }

  @Test
  void needsAFileToWatchFor() {
    Outcome outcome = cli.run("generate", "types", "--watch");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("--watch needs a file to write");
  }

  @Test
  void writesAnewWhenTheModelChangesAndKeepsTheLastWhileItIsWrong() throws Exception {
    var out = new StringWriter();
    var err = new StringWriter();
    Path file = folder.resolve("types.ts");
    Thread watching =
        Thread.ofVirtual()
            .start(
                () ->
                    Main.run(
                        cli.terminal(out, err),
                        "generate",
                        "types",
                        "--out",
                        "types.ts",
                        "--watch"));
    try {
      Await.until(() -> out.toString().contains("written"));
      write("backend.yaml", "tables: {a: {colums: {}}}");
      Await.until(() -> err.toString().contains("unknown key 'colums'"));
      assertThat(file).content().contains("title");
      // As many editors write: another file, put in its place.
      write("new.yaml", MODEL.replace("title", "heading"));
      Files.move(
          folder.resolve("new.yaml"),
          folder.resolve("backend.yaml"),
          StandardCopyOption.REPLACE_EXISTING);
      Await.until(() -> contentOf(file).contains("heading"));
      write("mainstay.yaml", "rest: {schemas: [shop]}\n");
      Await.until(() -> contentOf(file).contains("things"));
    } finally {
      watching.interrupt();
      watching.join();
    }
    assertThat(err.toString()).doesNotContain("bug");
  }

  @Test
  void writesAClientInJavaAndTakesAwayWhatIsNoMore() throws Exception {
    String[] command = {"generate", "java", "--package", "org.notes", "--out", "src"};
    Outcome first = cli.run(command);
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).matches("src: (\\d+) files, \\1 written, 0 gone\n");
    Path folder = this.folder.resolve("src/org/notes");
    assertThat(folder.resolve("Notes.java")).content().contains("String title");
    write("src/org/notes/Ours.java", "package org.notes;\n");
    assertThat(cli.run(command).out()).matches("src: \\d+ files, 0 written, 0 gone\n");
    write("backend.yaml", MODEL.replace("notes:", "letters:"));
    // Of the files of tables one is new, another is gone, and Backend.java leads to them.
    assertThat(cli.run(command).out()).matches("src: \\d+ files, 2 written, 1 gone\n");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("Backend.java", "Letters.java", "Ours.java", "rest");
    }
  }

  @Test
  void refusesWhatJavaCannotSay() throws Exception {
    Outcome outcome = cli.run("generate", "java", "--package", "my-app", "--out", "src");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("'my-app' cannot name a package");
    var columns = new StringBuilder();
    for (int i = 0; i < 254; i++) columns.append(", c").append(i).append(": text");
    write(
        "backend.yaml",
        "tables: {a: {columns: {id: {type: integer, primary_key: true}%s}}}".formatted(columns));
    assertThat(cli.run("generate", "java", "--package", "p", "--out", "src"))
        .isEqualTo(new Outcome(1, "", "mainstay: No record of Java holds the 255 columns of A\n"));
    assertThat(folder.resolve("src")).doesNotExist();
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }
}
