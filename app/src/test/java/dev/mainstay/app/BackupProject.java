package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A project `a` with a database, of which backups are made as `mainstay backup` does, and projects
/// to restore them into.
abstract class BackupProject {
  static final String MODEL =
      """
      roles: [editor]
      tables:
        notes:
          columns:
            id: {type: bigint, identity: true, primary_key: true}
            pair: text
            side: text
            body: text?
          unique: [[pair, side]]
          search: {words: {columns: [body], language: english}}
          policies: {read: true, insert: {editor: true}}
      """;

  @TempDir Path folder;
  Cli cli;

  /// The address of a new and empty database, or null for SQLite in the project's folder.
  abstract @Nullable String database();

  @BeforeEach
  void inAFolder() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    project("a");
    write("a/backend.yaml", MODEL);
  }

  /// An empty project, with a new database on PostgreSQL.
  void project(String name) throws IOException {
    Files.createDirectories(folder.resolve(name));
    String database = database();
    if (database != null) write(name + "/mainstay.yaml", "database: {url: \"" + database + "\"}\n");
  }

  Running serve(String project, Map<String, String> settings) throws IOException {
    Path file = folder.resolve(project + "/mainstay.yaml");
    Map<String, String> all = new HashMap<>(settings);
    all.put("rest.max_rows", "1000000");
    if (Files.exists(file)) all.put("database.url", Files.readString(file).split("\"", -1)[1]);
    return Running.serve(folder.resolve(project), folder.resolve(project + "/data"), all);
  }

  Outcome run(String line) {
    return cli.run(line.split(" ", -1));
  }

  /// Runs a command that must succeed, and answers what it says.
  String done(String line) {
    Outcome outcome = run(line);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome.out();
  }

  /// Makes a backup of project `a`.
  Path backup() throws IOException {
    List<Path> before = backups();
    done("backup a");
    List<Path> made = new ArrayList<>(backups());
    made.removeAll(before);
    return made.getFirst();
  }

  /// Those of project `a`.
  List<Path> backups() throws IOException {
    Path backups = folder.resolve("a/data/backups");
    if (!Files.exists(backups)) return List.of();
    try (Stream<Path> files = Files.list(backups)) {
      return files.sorted().toList();
    }
  }

  static int add(Running running, String pair) throws Exception {
    HttpResponse<String> response =
        running.send(
            running
                .to("/rest/v1/notes", running.service())
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        [{"pair":"%1$s","side":"left","body":"walks"},
                         {"pair":"%1$s","side":"right","body":null}]"""
                            .formatted(pair))));
    return response.statusCode();
  }

  void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
