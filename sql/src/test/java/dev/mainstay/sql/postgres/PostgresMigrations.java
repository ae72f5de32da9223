package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.Migrations;
import dev.mainstay.sql.Migrator;
import dev.mainstay.sql.StatementRefused;
import dev.mainstay.sql.Step;
import dev.mainstay.sql.StoreException;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Migrations on PostgreSQL: beside what every engine's must do, how little they hold up.
abstract class PostgresMigrations extends Migrations {
  private static final String MORE =
      BEFORE
          .replace("{mood: [sad, ok]}", "{mood: [bad, sad, so-so, ok, good]}")
          .replace("  code: text\n", "  code: text\n      friend_id: {type: integer?}\n")
          .replace("[title, {", "[title, code, {")
          .replace("priced: row.price", "coded: row.code != '', priced: row.price")
          .replace("{references: artists, on", "{references: artists, on_update: cascade, on");

  private final PostgresVersion version;
  private String address = "";

  PostgresMigrations(PostgresVersion version) {
    this.version = version;
  }

  @Override
  protected Empty open() {
    PostgresEmpty empty = PostgresEmpty.on(version);
    // Of those that a test opens, the first is the one it changes.
    if (address.isEmpty()) address = empty.address();
    return empty;
  }

  @Override
  protected Parts parts() {
    return PostgresEmpty.PARTS;
  }

  @Test
  void onALargeTableNobodyWaitsForIndexesAndChecksOfRows() {
    Empty database = installed(BEFORE);
    Migration plan = asLarge().plan(database.migratable(), goal(MORE));
    assertThat(told(plan, Step.Moment.BEFORE))
        .containsExactly(
            "ALTER TYPE \"public\".\"mood\" ADD VALUE IF NOT EXISTS 'bad' BEFORE 'sad': nobody waits",
            "ALTER TYPE \"public\".\"mood\" ADD VALUE IF NOT EXISTS 'so-so' AFTER 'sad': nobody waits",
            "ALTER TYPE \"public\".\"mood\" ADD VALUE IF NOT EXISTS 'good' AFTER 'ok': nobody waits");
    assertThat(told(plan, Step.Moment.TOGETHER))
        .contains(
            "ALTER TABLE \"public\".\"albums\" ADD CONSTRAINT \"albums_coded_check\" CHECK ((\"code\" <> ''::text)) NOT VALID: reads and writes of albums wait",
            "ALTER TABLE \"public\".\"albums\" ADD CONSTRAINT \"albums_artist_id_fkey\" FOREIGN KEY (\"artist_id\") REFERENCES \"public\".\"artists\" (\"id\") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE NOT VALID: writes to albums and artists wait")
        .allMatch(step -> !step.contains(" rows"));
    assertThat(told(plan, Step.Moment.AFTER))
        .containsExactly(
            "ALTER TABLE \"public\".\"albums\" VALIDATE CONSTRAINT \"albums_coded_check\": nobody waits, less than a second for 2 rows",
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"albums_code_idx\" ON \"public\".\"albums\" (\"code\"): nobody waits, less than a second for 2 rows",
            "ALTER TABLE \"public\".\"albums\" VALIDATE CONSTRAINT \"albums_artist_id_fkey\": nobody waits, less than a second for 2 rows");
    asLarge().apply(database.migratable(), goal(MORE), false);
    isAsFresh(database, MORE);
  }

  @Test
  void anApplicationThatIsKilledBetweenStepsIsBegunAgain() {
    Empty counted = installed(BEFORE);
    Killed never = new Killed(counted.migratable(), Integer.MAX_VALUE);
    asLarge().apply(never, goal(MORE), false);
    assertThat(never.taken).isEqualTo(6);
    for (int steps = 0; steps < never.taken; steps++) {
      Empty database = installed(BEFORE);
      Killed killed = new Killed(database.migratable(), steps);
      assertThatThrownBy(() -> asLarge().apply(killed, goal(MORE), false)).hasMessage("killed");
      asLarge().apply(database.migratable(), goal(MORE), false);
      isAsFresh(database, MORE);
      assertThat(asLarge().plan(database.migratable(), goal(MORE)).steps()).isEmpty();
    }
  }

  @Test
  void anIndexThatWasLeftHalfMadeIsMadeAgain() throws SQLException {
    Empty database = installed(BEFORE);
    run(
        "DROP INDEX albums_title_idx",
        "INSERT INTO albums SELECT 8, title, price, mood, code, 2 FROM albums WHERE id = 1");
    assertThatThrownBy(
            () -> run("CREATE UNIQUE INDEX CONCURRENTLY albums_title_idx ON albums (title)"))
        .hasMessageContaining("could not create unique index");
    Migration plan = plan(database, BEFORE);
    assertThat(told(plan, Step.Moment.TOGETHER))
        .containsExactly(
            "DROP INDEX \"public\".\"albums_title_idx\": reads and writes of albums wait",
            "CREATE INDEX \"albums_title_idx\" ON \"public\".\"albums\" (\"title\"): writes to albums wait, less than a second for 2 rows");
    asLarge().apply(database.migratable(), goal(BEFORE), false);
    isAsFresh(database, BEFORE);
  }

  @Test
  void columnsAndConstraintsThatOthersHaveChangedAreBroughtBack() throws SQLException {
    Empty database = installed(BEFORE);
    run(
        "DROP VIEW titles",
        "ALTER TABLE albums ALTER code TYPE varchar(9), ALTER mood DROP DEFAULT, ALTER title DROP NOT NULL",
        "ALTER TABLE albums DROP COLUMN words, DROP CONSTRAINT albums_priced_check, ADD COLUMN theirs int",
        "ALTER TABLE albums ADD CONSTRAINT albums_priced_check CHECK (price > 0)",
        "ALTER TABLE albums DROP CONSTRAINT albums_artist_id_fkey");
    assertThat(apply(database, BEFORE, false).drift()).hasSizeGreaterThan(6);
    assertThat(plan(database, BEFORE).steps()).isEmpty();
    run("ALTER TABLE albums DROP COLUMN theirs");
    isAsFresh(database, BEFORE);
  }

  @Test
  void aColumnOfSomebodyElseIsNotMadeOurs() throws SQLException {
    Empty database = installed(BEFORE);
    run("ALTER TABLE albums ADD COLUMN note text DEFAULT 'theirs'");
    assertThatThrownBy(
            () ->
                apply(
                    database,
                    BEFORE.replace("code: text", "code: text\n      note: integer?"),
                    false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("column \"note\" of relation \"albums\" already exists");
  }

  @Test
  void commentsAreThoseOfTheModel() throws SQLException {
    Empty database = installed(BEFORE);
    run("COMMENT ON COLUMN artists.name IS 'theirs'", "COMMENT ON TABLE artists IS 'theirs'");
    String said =
        BEFORE
            .replace("  albums:\n", "  albums:\n    comment: ours\n")
            .replace("code: text", "code: {type: text, comment: too}");
    apply(database, said, false);
    assertThat(comments())
        .containsExactly("albums ours", "albums too", "artists theirs", "artists theirs");
    assertThat(plan(database, said).steps()).isEmpty();
    apply(database, BEFORE, false);
    assertThat(comments()).containsExactly("artists theirs", "artists theirs");
  }

  @Test
  void aRewriteSaysSo() {
    Empty database = installed(BEFORE);
    String rewritten = BEFORE.replace("code: text", "code: bigint");
    assertThat(told(plan(database, rewritten), Step.Moment.TOGETHER))
        .contains(
            "ALTER TABLE \"public\".\"albums\"\n  ALTER COLUMN \"code\" TYPE bigint USING CAST(\"code\" AS bigint): reads and writes of albums wait, less than a second for 2 rows");
  }

  @Test
  void aTypeThatKeepsItsValuesTakesNoTimeUnlessAConditionReadsThem() {
    String plain =
        BEFORE
            .replace("    checks: {priced: row.price >= 0.0}\n", "")
            .replace(", {name: sad_ones, columns: price, where: row.mood == 'sad'}", "");
    String widened =
        """
        ALTER TABLE "public"."albums"
          ALTER COLUMN "price" DROP DEFAULT,
          ALTER COLUMN "price" TYPE numeric(8,2) USING CAST("price" AS numeric(8,2)),
          ALTER COLUMN "price" SET DEFAULT '0.99'::numeric: reads and writes of albums wait\
        """;
    assertThat(told(plan(installed(plain), wider(plain)), Step.Moment.TOGETHER)).contains(widened);
    assertThat(told(plan(installed(BEFORE), wider(BEFORE)), Step.Moment.TOGETHER))
        .contains(widened + ", less than a second for 2 rows");
  }

  private static String wider(String yaml) {
    return yaml.replace("decimal(6,2)", "decimal(8,2)");
  }

  @Test
  void whoUsesATableForLongIsNotWaitedFor() throws SQLException {
    Empty database = installed(BEFORE);
    String address = this.address;
    try (Connection other = PostgresServer.connect(address)) {
      other.setAutoCommit(false);
      other.createStatement().executeQuery("SELECT * FROM albums").close();
      assertThatThrownBy(
              () ->
                  apply(
                      database,
                      BEFORE.replace("code: text", "code: text\n      note: text?"),
                      false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Try again when that one is done.");
    }
    isAsFresh(database, BEFORE);
  }

  /// For which every table with rows is a large one.
  private Migrator asLarge() {
    return new Migrator(dialect(), ddl(), new PostgresAlterations(0), "under test");
  }

  private static List<String> told(Migration plan, Step.Moment moment) {
    return plan.steps().stream()
        .filter(step -> step.moment() == moment)
        .map(step -> step.statement() + ": " + step.cost())
        .toList();
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) statement.execute(sql);
    }
  }

  private List<String> comments() throws SQLException {
    List<String> comments = new ArrayList<>();
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT c.relname || ' ' || d.description FROM pg_description d JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass AND c.relnamespace = 'public'::regnamespace ORDER BY 1")) {
      while (rows.next()) comments.add(rows.getString(1));
    }
    return comments;
  }

  /// A database whose changing is killed before the n-th statement that runs by itself.
  private static final class Killed implements Migratable {
    private final Migratable database;
    private final int most;
    private int taken;

    Killed(Migratable database, int most) {
      this.database = database;
      this.most = most;
    }

    @Override
    public Installation look() {
      return database.look();
    }

    @Override
    public Installation begin() {
      return database.begin();
    }

    @Override
    public Installation load() {
      return database.load();
    }

    @Override
    public void alone(String statement) {
      if (taken == most) throw new IllegalStateException("killed");
      taken++;
      database.alone(statement);
    }

    @Override
    public void alone(SqlMigration migration) throws StatementRefused {
      database.alone(migration);
    }
  }
}
