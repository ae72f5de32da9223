package dev.mainstay.sql.postgres;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Reads of a hot standby that streams what the server writes.
@ParameterizedClass
@EnumSource
class StandbyTest {
  private static final Ask IDS = of("id").order(asc("id"));
  private static final Caller ANN = Callers.user("ann");
  private static final Caller BOB = Callers.user("bob");
  private static final String MODEL =
      """
      tables:
        notes:
          columns: {id: {type: integer, primary_key: true}}
          policies:
            read: {authenticated: 'true'}
            insert: {authenticated: 'true'}
      functions:
        write:
          arguments: {id: integer}
          returns: integer
          writes: true
          sql: 'INSERT INTO notes (id) VALUES (:id) RETURNING id'
          allow: everyone
      """;

  private final PostgresServer server;
  private final PostgresServer standby;
  private final String address;
  private Backend backend;

  StandbyTest(PostgresVersion version) throws SQLException {
    server = PostgresServer.start(version, Map.of());
    address = server.database();
    standby = server.standby();
    makeTables();
    backend = backend(true);
    caughtUp();
  }

  private void makeTables() {
    Backend.open(new Made(address), MODEL).close();
  }

  private Backend backend(boolean showsOwnWrites) {
    return Backend.open(new Read(address, there(), showsOwnWrites), MODEL);
  }

  @AfterEach
  void close() {
    backend.close();
    standby.close();
    server.close();
  }

  @Test
  void callersAlwaysSeeWhatTheyHaveWritten() throws SQLException {
    assertThat(read(ANN)).isEqualTo("[]");
    paused();
    backend.insert(ANN, "notes", "{\"id\":1}");
    assertThat(read(ANN)).isEqualTo("[{\"id\":1}]");
    // Who has not written is answered by the standby, which is behind.
    assertThat(read(BOB)).isEqualTo("[]");
    assertThat(backend.read(Callers.INSIDE, IDS.from("notes"))).isEqualTo("[{\"id\":1}]");
    backend.call(BOB, "write", "{\"id\":2}", everything());
    assertThat(read(BOB)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    Caller eve = Callers.user("eve");
    backend.unit(
        unit ->
            unit.write(backend.planner().insert(NewRows.insert("notes", "{\"id\":3}", null), eve)));
    assertThat(read(eve)).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");

    resumed();
    caughtUp();
    paused();
    server.execute(database(), "INSERT INTO notes VALUES (9)");
    // The standby has their writes now, and is asked again.
    for (Caller caller : new Caller[] {ANN, BOB, eve})
      assertThat(read(caller)).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
  }

  @Test
  void aNewModelIsServedFromItsOwnTimeOn() throws SQLException {
    paused();
    server.execute(database(), "INSERT INTO notes VALUES (9)");
    assertThat(read(BOB)).isEqualTo("[]");
    backend.close();
    backend = backend(true);
    assertThat(read(BOB)).isEqualTo("[{\"id\":9}]");
  }

  @Test
  void aStandbyThatIsAwayIsDoneWithout() throws SQLException {
    paused();
    server.execute(database(), "INSERT INTO notes VALUES (9)");
    assertThat(read(BOB)).isEqualTo("[]");
    standby.kill();
    assertThat(read(BOB)).isEqualTo("[{\"id\":9}]");
    assertThat(read(ANN)).isEqualTo("[{\"id\":9}]");
    standby.restart();
    caughtUp();
    paused();
    server.execute(database(), "INSERT INTO notes VALUES (10)");
    await(() -> read(BOB).equals("[{\"id\":9}]"));
  }

  @Test
  void whoDoesNotMindReadsWhatIsThere() throws SQLException {
    backend.close();
    backend = backend(false);
    caughtUp();
    paused();
    backend.insert(ANN, "notes", "{\"id\":1}");
    assertThat(read(ANN)).isEqualTo("[]");
  }

  /// It may have what the database itself has not, and refuse what that answers.
  @Test
  void whatTheStandbyRefusesIsAskedOfTheDatabase() throws SQLException {
    server.execute(database(), "ALTER TABLE notes RENAME TO memos");
    caughtUp();
    paused();
    server.execute(database(), "ALTER TABLE memos RENAME TO notes", "INSERT INTO notes VALUES (9)");
    assertThat(read(BOB)).isEqualTo("[{\"id\":9}]");
  }

  private String database() {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private String read(Caller caller) {
    return backend.read(caller, IDS.from("notes"));
  }

  private String there() {
    return address.replace(":" + server.port() + "/", ":" + standby.port() + "/");
  }

  private void caughtUp() throws SQLException {
    String position = ask(address, "SELECT pg_current_wal_lsn()");
    await(
        () ->
            ask(there(), "SELECT pg_last_wal_replay_lsn() >= '" + position + "'::pg_lsn")
                .equals("t"));
  }

  private void paused() throws SQLException {
    ask(there(), "SELECT pg_wal_replay_pause()");
    await(() -> ask(there(), "SELECT pg_get_wal_replay_pause_state()").equals("paused"));
  }

  private void resumed() throws SQLException {
    ask(there(), "SELECT pg_wal_replay_resume()");
  }

  private static String ask(String address, String sql) throws SQLException {
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  private static void await(Condition condition) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private interface Condition {
    boolean holds() throws SQLException;
  }

  private record Read(String address, String standby, boolean showsOwnWrites)
      implements EngineUnderTest {
    @Override
    public String name() {
      return "postgres";
    }

    @Override
    public Database open(Catalog catalog) {
      PostgresDatabase database =
          PostgresDatabase.open(
              PostgresSettings.of(address)
                  .reading(new PostgresSettings.Reads(standby, showsOwnWrites)));
      return new PostgresUnderTest.Database(database, database.serve(catalog.model()));
    }
  }

  private record Made(String address) implements EngineUnderTest {
    @Override
    public String name() {
      return "postgres";
    }

    @Override
    public Database open(Catalog catalog) {
      return PostgresUnderTest.open(PostgresSettings.of(address), catalog);
    }
  }
}
