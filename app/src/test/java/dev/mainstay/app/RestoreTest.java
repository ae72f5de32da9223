package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is not restored, and what becomes of what was there.
final class RestoreTest extends BackupProject {
  private static final String ROWS = "/rest/v1/notes?select=pair&side=eq.left&order=id";

  @Override
  @Nullable String database() {
    return null;
  }

  @Test
  void aDatabaseThatIsThereIsPutAsideIfThatIsSaid() throws Exception {
    Path backup = withRows("kept", "lost");
    String refused =
        "mainstay: There is a database in %s already; --replace puts it aside, and the backup in its place\n"
            .formatted(folder.resolve("a/data"));
    unchanged(() -> assertThat(run("restore " + backup + " --project a").err()).isEqualTo(refused));
    String said = done("restore " + backup + " --replace --project a");
    assertThat(said.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        ".*a/data \\(SQLite\\) is as it was at .*Z, with version 1 of the model\\."),
            line ->
                assertThat(line)
                    .matches(
                        "The database that was there is now"
                            + " .*/a/data/mainstay\\.db\\.replaced-\\d{8}T\\d{6}Z\\."));
    try (Running running = serve("a", Map.of())) {
      assertThat(running.get(ROWS, running.anon()).body()).isEqualTo("[{\"pair\":\"kept\"}]");
    }
    Path aside = Path.of(said.lines().toList().getLast().replaceFirst(".* now (.*)\\.", "$1"));
    Files.createDirectories(folder.resolve("b/data"));
    Files.copy(aside, folder.resolve("b/data/mainstay.db"));
    write("b/backend.yaml", MODEL);
    try (Running running = serve("b", Map.of())) {
      assertThat(running.get(ROWS, running.anon()).body())
          .isEqualTo("[{\"pair\":\"kept\"},{\"pair\":\"lost\"}]");
    }
  }

  @Test
  void aServerKeepsItsFolder() throws Exception {
    Path backup = withRows("kept", "more");
    try (Running running = serve("a", Map.of())) {
      assertThat(run("restore " + backup + " --replace --project a"))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "mainstay: The data folder %s is in use by another server.\n"
                      .formatted(folder.resolve("a/data"))));
      assertThat(running.get(ROWS, running.anon()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatIsDamagedOrCutShortIsNotRestored() throws Exception {
    Path backup = withRows("kept", "more");
    byte[] whole = Files.readAllBytes(backup);
    for (int length : new int[] {0, 100, whole.length / 2, whole.length - 1})
      notRestored(
          Arrays.copyOf(whole, length),
          "is not a backup, or not a whole one\n",
          "cut at " + length);
    for (int at = 60; at < whole.length / 2; at += 151) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, at, at + 50, (byte) 0x5a);
      notRestored(torn, " is damaged: mainstay.db in it is not what was written\n", "at " + at);
    }
    notRestored("no zip at all".getBytes(UTF_8), "is not a backup, or not a whole one\n", "text");
    assertThat(run("restore nowhere.zip --project a").err())
        .isEqualTo("mainstay: There is no " + folder.resolve("nowhere.zip") + "\n");
  }

  @Test
  void whatANewerProgramHasMadeIsNotRestored() throws Exception {
    Path backup = withRows("kept", "more");
    for (String field : new String[] {"\"format\" : 1", "\"storage\" : 1"}) {
      byte[] newer =
          rewritten(
              backup,
              "manifest.json",
              text ->
                  text.replace(field, field.replace("1", "2"))
                      .replaceFirst("\"program\" : \"[^\"]*\"", "\"program\" : \"9.9.9\""));
      notRestored(
          newer,
          " was made by Mainstay 9.9.9, which is newer than this program (%s).\n"
              .formatted(Version.number()),
          field);
    }
  }

  @Test
  void nothingIsUnpackedElsewhere() throws Exception {
    Path backup = withRows("kept", "more");
    byte[] planted =
        rewritten(backup, "manifest.json", text -> text.replace("secrets.json", "../../planted"));
    notRestored(planted, " is not a backup: it holds '../../planted'\n", "planted");
  }

  @Test
  void aDatabaseThatAnotherProgramHasOpenIsNotReplaced() throws Exception {
    Path backup = withRows("kept", "more");
    try (Connection reader = database("a");
        Statement statement = reader.createStatement()) {
      statement.executeQuery("SELECT * FROM notes").close();
      assertThat(run("restore " + backup + " --replace --project a").err())
          .matches("mainstay: Another program has the database .* open; nothing was changed\n");
    }
    done("restore " + backup + " --replace --project a");
  }

  @Test
  void aDamagedDatabaseIsPutAsideAndItsLogIsNotReadIntoTheNewOne() throws Exception {
    Path backup = withRows("kept", "more");
    write("a/data/mainstay.db", "was a database once");
    write("a/data/mainstay.db-wal", "and this its log");
    done("restore " + backup + " --replace --project a");
    assertThat(folder.resolve("a/data/mainstay.db-wal")).doesNotExist();
    try (Running running = serve("a", Map.of())) {
      assertThat(running.get(ROWS, running.anon()).body()).isEqualTo("[{\"pair\":\"kept\"}]");
    }
  }

  @Test
  void rowsThatReferToNothingAreBackedUpAndTold() throws Exception {
    write(
        "a/backend.yaml",
        """
        tables:
          nodes:
            columns:
              id: {type: integer, primary_key: true}
              parent_id: {type: integer, nullable: true, references: nodes}
        """);
    serve("a", Map.of()).close();
    try (Connection other = database("a");
        Statement statement = other.createStatement()) {
      statement.execute("INSERT INTO nodes VALUES (1, 1), (2, 7), (3, 8)");
    }
    assertThat(done("backup a"))
        .endsWith(
            "\n2 rows of the database refer to rows that are not there, and so do the backup's\n");
    project("b");
    done("restore " + backups().getFirst() + " --project b");
  }

  /// The database as another program opens it, which looks at no foreign keys.
  private Connection database(String project) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + folder.resolve(project + "/data/mainstay.db"));
  }

  @Test
  void aFoldersOwnSecretsStay() throws Exception {
    Path backup = withRows("kept", "more");
    Path secrets = folder.resolve("a/data/secrets.json");
    assertThat(done("restore " + backup + " --replace --project a")).doesNotContain("secrets");
    String others = Files.readString(secrets).replaceFirst(".{9}\"}$", "another_1\"}");
    Files.writeString(secrets, others);
    assertThat(done("restore " + backup + " --replace --project a"))
        .contains(secrets + " is another than the backup's, and was left");
    assertThat(secrets).hasContent(others);
  }

  @Test
  void secretsAreLeftOutIfThatIsSaid() throws Exception {
    try (Running running = serve("a", Map.of())) {
      assertThat(add(running, "kept")).isEqualTo(201);
    }
    String said = done("backup --set backup.secrets=false --to kept a");
    Path backup = Path.of(said.replaceFirst("(?s): .*", ""));
    assertThat(backup.getParent()).isEqualTo(folder.resolve("kept"));
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("mainstay.db", "manifest.json");
    }
    project("b");
    assertThat(done("restore " + backup + " --project b"))
        .contains("The backup holds no secrets: `mainstay serve` makes new ones");
  }

  @Test
  void theBackupsThereAreCanBeListed() throws Exception {
    assertThat(done("backup --list a"))
        .isEqualTo("There are no backups in " + folder.resolve("a/data/backups") + "\n");
    Path backup = withRows("kept", "more");
    Files.write(
        backup.resolveSibling("mainstay-20200101T000000Z-v7-scheduled.zip"), new byte[1234]);
    assertThat(done("backup --list a").lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("MADE +MODEL +SIZE +OF +FILE"),
            line ->
                assertThat(line)
                    .matches(
                        "2020-01-01T00:00:00Z +7 +1\\.2 kB +not whole"
                            + " +mainstay-20200101T000000Z-v7-scheduled\\.zip"),
            line ->
                assertThat(line)
                    .matches(".*Z +1 +.* kB +.*/a/data \\(SQLite\\) +" + backup.getFileName()));
  }

  @Test
  void nothingIsBackedUpWhereThereIsNothingOrNowhereToPutIt() throws Exception {
    assertThat(run("backup a").err())
        .isEqualTo(
            "mainstay: There is no database in %s yet; nothing to back up\n"
                .formatted(folder.resolve("a/data")));
    withRows("kept", "more");
    write("file", "");
    assertThat(run("backup --to file a").err())
        .isEqualTo(
            "mainstay: No backup can be made in %s: a file is in the way\n"
                .formatted(folder.resolve("file")));
  }

  /// A backup of one row; a second is written after it.
  private Path withRows(String before, String after) throws Exception {
    try (Running running = serve("a", Map.of())) {
      assertThat(add(running, before)).isEqualTo(201);
      Path backup = backup();
      assertThat(add(running, after)).isEqualTo(201);
      return backup;
    }
  }

  private void notRestored(byte[] bytes, String why, String about) throws Exception {
    Path file = Files.write(folder.resolve("given.zip"), bytes);
    unchanged(
        () -> {
          Outcome outcome = run("restore " + file + " --replace --project a");
          assertThat(outcome.status()).as(about).isEqualTo(1);
          assertThat(outcome.err()).as(about).startsWith("mainstay: " + file).endsWith(why);
          assertThat(run("backup --verify " + file + " a")).as(about).isEqualTo(outcome);
        });
  }

  private void unchanged(Runnable work) throws IOException {
    Map<String, Integer> before = contents();
    work.run();
    assertThat(contents()).isEqualTo(before);
  }

  /// The files of the data folder, and what is in them.
  private Map<String, Integer> contents() throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
      for (Path file : files.toList())
        contents.put(
            file.toString(),
            Files.isDirectory(file) ? 0 : Arrays.hashCode(Files.readAllBytes(file)));
    }
    return contents;
  }

  private static byte[] rewritten(Path zip, String name, UnaryOperator<String> change)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (ZipFile from = new ZipFile(zip.toFile());
        ZipOutputStream to = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : from.stream().map(ZipEntry::new).toList()) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        if (entry.getName().equals(name)) {
          String text = new String(content, UTF_8);
          assertThat(change.apply(text)).isNotEqualTo(text);
          content = change.apply(text).getBytes(UTF_8);
        }
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(content);
      }
    }
    return bytes.toByteArray();
  }
}
