package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.sql.SqlMigrations;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// Migrations in SQL on PostgreSQL.
abstract class PostgresSqlMigrations extends SqlMigrations {
  private final PostgresVersion version;
  private String address = "";

  PostgresSqlMigrations(PostgresVersion version) {
    this.version = version;
  }

  @Override
  protected Empty open() {
    PostgresEmpty empty = PostgresEmpty.on(version);
    if (address.isEmpty()) address = empty.address();
    return empty;
  }

  @Override
  protected Parts parts() {
    return PostgresEmpty.PARTS;
  }

  @Test
  void theServerTellsWhere() {
    Empty database = installed(PEOPLE);
    assertThatThrownBy(
            () ->
                apply(
                    database,
                    PEOPLE,
                    false,
                    "1_a.sql",
                    "-- 𝄞\nSELECT 'é𝄞';\n/* so */\n  UPDATE people -- ;\n    SET name = nam;\n"))
        .hasMessage(
            """
            Nothing was changed, for this migration failed:
            migrations/1_a.sql:5:16: column "nam" does not exist
                SET name = nam;
                           ^
            hint: Perhaps you meant to reference the column "people.name".""");
    assertThatThrownBy(
            () -> apply(database, PEOPLE, false, "1_a.sql", "UPDATE people SET id = 1;\n"))
        .hasMessageContaining(
            "migrations/1_a.sql:1:1: duplicate key value violates unique constraint \"people_pkey\": Key (id)=(1) already exists.");
  }

  @Test
  void functionsAndTheirBodiesAreOneStatement() {
    Empty database = installed(PEOPLE);
    apply(
        database,
        PEOPLE,
        false,
        "1_told.sql",
        """
        CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $x$
        BEGIN
          INSERT INTO notes (text, of) VALUES ('was; ' || old.name, new.id);
          RETURN new;
        END $x$;
        CREATE TRIGGER told AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION told();
        CREATE FUNCTION two() RETURNS int LANGUAGE sql BEGIN ATOMIC
          SELECT CASE WHEN true THEN 1 END;
          SELECT 2;
        END;
        UPDATE people SET name = 'Joseph' WHERE id = two();
        """);
    assertThat(rows(database, PEOPLE, "notes", "text")).containsExactly("was; Joe Pass");
  }

  @Test
  void anIndexIsMadeBesideTheWorkOfOthers() {
    Empty database = installed(PEOPLE);
    String index = "CREATE INDEX CONCURRENTLY IF NOT EXISTS people_name ON people (name);";
    assertThatThrownBy(() -> apply(database, PEOPLE, false, "1_a.sql", index))
        .hasMessageContaining("CREATE INDEX CONCURRENTLY cannot run inside a transaction block")
        .hasMessageEndingWith("hint: say '-- mainstay: alone' in its first line");
    String[] files = {"1_a.sql", "-- mainstay: alone\n" + index + "\nVACUUM people;"};
    apply(database, PEOPLE, false, files);
    assertThat(plan(database, PEOPLE, files).drift()).isEmpty();
    assertThat(ran(database)).containsExactly("1_a at 1");
  }

  @Test
  void whatAMigrationSetsIsGoneWithIt() {
    Empty database = installed(PEOPLE);
    String[] files = {
      "1_a.sql",
      "-- mainstay: before\nCREATE SCHEMA other; SET search_path = other; SET ROLE pg_monitor;",
      "2_b.sql",
      "UPDATE people SET name = 'x' WHERE id = 1"
    };
    apply(
        database,
        SPLIT.replace("first:", "name: text\n      first:").replace("varchar(20)", "varchar(20)?"),
        false,
        files);
    assertThat(ran(database)).hasSize(2);
    assertThat(rows(database, PEOPLE, "people", "name")).containsExactly("Joe Pass", "x");
  }

  @Test
  void whoUsesATableForLongIsNotWaitedFor() throws SQLException {
    Empty database = installed(PEOPLE);
    try (Connection other = PostgresServer.connect(address)) {
      other.setAutoCommit(false);
      other.createStatement().executeQuery("SELECT * FROM people").close();
      assertThatThrownBy(
              () -> apply(database, PEOPLE, false, "1_a.sql", "ALTER TABLE people ADD x int"))
          .hasMessageContaining("Try again when that one is done.");
    }
    assertThat(ran(database)).isEmpty();
  }
}
