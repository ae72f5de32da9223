package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Rows out of a database and in again, as `mainstay export` and `mainstay import` do it.
abstract class RowCommands {
  private static final String MODEL =
      """
      enums:
        mood: [sad, 'it''s "ok"', happy]
      tables:
        people:
          columns:
            id: {type: integer, identity: always, primary_key: true}
            name: {type: text, unique: true}
            age: {type: smallint, nullable: true}
            boss_id: {type: integer, nullable: true, references: people}
            state: {type: text, default: new}
          checks:
            grown: row.age >= 18
        visits:
          columns:
            person_id: {type: integer, references: people}
            at: timestamptz
            note: {type: text, nullable: true}
            length: {type: integer, generated: length(note)}
          primary_key: [person_id, at]
        everything:
          columns:
            id: {type: uuid, primary_key: true}
            b: {type: boolean, nullable: true}
            i: {type: bigint, nullable: true}
            d: {type: 'decimal(18,6)', nullable: true}
            r: {type: real, nullable: true}
            f: {type: double, nullable: true}
            t: {type: text, nullable: true}
            v: {type: varchar(9), nullable: true}
            day: {type: date, nullable: true}
            clock: {type: time, nullable: true}
            local: {type: timestamp, nullable: true}
            moment: {type: timestamptz, nullable: true}
            span: {type: interval, nullable: true}
            j: {type: json, nullable: true}
            raw: {type: bytea, nullable: true}
            m: {type: mood, nullable: true}
            ts: {type: 'text[]', nullable: true}
            ds: {type: 'decimal(6,2)[]', nullable: true}
            js: {type: 'json[]', nullable: true}
            ms: {type: 'mood[]', nullable: true}
        lefts:
          columns:
            id: {type: integer, primary_key: true}
            right_id: {type: integer, nullable: true, references: rights}
        rights:
          columns:
            id: {type: integer, primary_key: true}
            left_id: {type: integer, references: lefts}
        keyed:
          columns:
            m: mood
            b: boolean
            day: date
            d: decimal(6,2)
            f: double
            t: text
            raw: bytea
            u: uuid
            at: timestamptz
            clock: time
            n: integer
          primary_key: [m, b, day, d, f, t, raw, u, at, clock, n]
      """;

  @TempDir Path folder;
  Cli cli;

  /// The address of a new database for a project, or null for SQLite in its folder.
  abstract @Nullable String database(String project);

  @BeforeEach
  void inAFolder() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    project("a");
  }

  void project(String name) throws Exception {
    Files.createDirectories(folder.resolve(name));
    write(name + "/backend.yaml", MODEL);
    String database = database(name);
    if (database != null) write(name + "/mainstay.yaml", "database: {url: \"" + database + "\"}\n");
    served(name).close();
  }

  /// A server for a project.
  Running served(String project) throws IOException {
    Path file = folder.resolve(project + "/mainstay.yaml");
    return Running.serve(
        folder.resolve(project),
        folder.resolve(project + "/data"),
        Files.exists(file)
            ? Map.of("database.url", Files.readString(file).split("\"", -1)[1])
            : Map.of());
  }

  Outcome run(String line) {
    return cli.run(line.split(" ", -1));
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  /// Everything a table holds, as JSON lines.
  String stored(String project, String table) {
    cli.raw.reset();
    Outcome outcome = run("export " + table + " --format jsonl --out - --project " + project);
    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    return cli.raw.toString(StandardCharsets.UTF_8);
  }
}
