package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.TableName;
import dev.mainstay.sql.Arrival;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.postgres.PostgresDatabase;
import dev.mainstay.sql.postgres.PostgresDialect;
import dev.mainstay.sql.postgres.PostgresSettings;
import dev.mainstay.sql.sqlite.SqliteDatabase;
import dev.mainstay.sql.sqlite.SqliteDialect;
import dev.mainstay.sql.sqlite.SqliteSettings;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Many rows from engine to engine and back, by processes that are killed three times on the way:
/// in the end they are what they were.
final class MovesInBulkTest extends InBulk {
  private static final TableName PEOPLE = TableName.inDefaultSchema("people");

  @Test
  void aMoveThatIsKilledThreeTimesEndsEqualToTheStart() throws Exception {
    folder = folder.toRealPath();
    write(folder.resolve("people.csv"));
    project("first", null);
    Running.serve(folder.resolve("first"), folder.resolve("first/data"), Map.of()).close();
    end("import", "people.csv", "--project", "first", "--batch", "5000", "--quiet");

    String address = PostgresServer.shared(PostgresVersion.V18).database();
    try (var database = PostgresDatabase.open(PostgresSettings.of(address).withConnections(1))) {
      killed("first", address, 1, database.migratable(), new PostgresDialect());
      killed("first", address, ROWS / 3, database.migratable(), new PostgresDialect());
    }
    arrives("first", address);

    project("second", address);
    Path data = folder.resolve("third/data");
    Files.createDirectories(data);
    try (var database = SqliteDatabase.openBeside(data, SqliteSettings.defaults().patient())) {
      killed("second", "third/data", ROWS / 5, database.migratable(), new SqliteDialect());
    }
    arrives("second", "third/data");

    project("third", null);
    end("export", "people", "--project", "third", "--out", "out/", "--quiet");
    assertThat(Files.mismatch(folder.resolve("people.csv"), folder.resolve("out/people.csv")))
        .as("the first byte that differs")
        .isEqualTo(-1);
  }

  private void project(String name, @Nullable String address) throws Exception {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(project.resolve("backend.yaml"), MODEL);
    if (address != null)
      Files.writeString(project.resolve("mainstay.yaml"), "database: {url: \"" + address + "\"}\n");
  }

  /// Kills a move once so many rows have come.
  private void killed(String project, String to, int rows, Migratable target, Dialect dialect)
      throws Exception {
    Process move = start(move(project, to));
    while (rows(target, dialect) < rows) assertThat(move.isAlive()).as("still moving").isTrue();
    move.destroyForcibly().waitFor();
    assertThat(rows(target, dialect)).as("not all yet").isLessThan(ROWS);
  }

  private static long rows(Migratable target, Dialect dialect) {
    try (Installation transaction = target.look()) {
      return transaction.has(PEOPLE) ? Arrival.rows(transaction, dialect, PEOPLE) : 0;
    }
  }

  private void arrives(String project, String to) throws Exception {
    assertThat(end(move(project, to)))
        .containsPattern(String.format(Locale.ROOT, "people +%,d +[0-9a-f]{32}  agrees", ROWS))
        .contains("both hold the same");
  }

  /// Nobody writes, so there are no writes to wait for.
  private static String[] move(String project, String to) {
    return "move --project %s --to %s --set timeouts.anon=10ms --set timeouts.others=10ms"
        .formatted(project, to)
        .split(" ", -1);
  }
}
