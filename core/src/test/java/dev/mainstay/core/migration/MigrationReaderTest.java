package dev.mainstay.core.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.migration.SqlMigration.Moment;
import dev.mainstay.core.migration.SqlMigration.Statement;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MigrationReaderTest {
  private static final String DO = "UPDATE t SET a = 1;";

  // ── files ──

  @Test
  void theyComeInTheOrderOfTheirNumbers() {
    assertThat(names("sqlite", "10_last.sql", DO, "0009_first.sql", DO, "9000_end-of.all.sql", DO))
        .isEqualTo("fault");
    assertThat(names("sqlite", "10_last.sql", DO, "0009_first.sql", DO)).isEqualTo("first last");
  }

  @Test
  void anEngineHasItsOwnFileOrThatOfAll() {
    String[] files = {
      "1_all.sql", DO, "2_some.sqlite.sql", DO, "3_both.postgres.sql", DO + DO, "3_both.sql", DO
    };
    assertThat(names("sqlite", files)).isEqualTo("all some both");
    assertThat(names("postgres", files)).isEqualTo("all both");
    assertThat(read("postgres", files).getLast().statements()).hasSize(2);
    assertThat(read("sqlite", files).getLast().statements()).hasSize(1);
  }

  @Test
  void namesThatAreNoneAreTold() {
    assertThat(
            faults(
                "backfill.sql",
                DO,
                "1-a.sql",
                DO,
                "2_a.postgre.sql",
                DO,
                "3_a.oracle.sql",
                DO,
                "4_a b.sql",
                DO))
        .isEqualTo(
            """
            migrations/1-a.sql: a migration is not called that
            hint: a number, an underscore and a name: 0007_backfill.sql, or 0007_backfill.postgres.sql for one engine alone

            migrations/2_a.postgre.sql: unknown engine 'postgre'
            hint: did you mean 'postgres'?

            migrations/3_a.oracle.sql: unknown engine 'oracle'
            hint: known here: sqlite, postgres

            migrations/4_a b.sql: a migration is not called that
            hint: a number, an underscore and a name: 0007_backfill.sql, or 0007_backfill.postgres.sql for one engine alone

            migrations/backfill.sql: a migration is not called that
            hint: a number, an underscore and a name: 0007_backfill.sql, or 0007_backfill.postgres.sql for one engine alone
            """);
  }

  @Test
  void oneNumberIsOneMigration() {
    assertThat(faults("0007_a.sql", DO, "7_b.sql", DO))
        .isEqualTo(
            """
            migrations/7_b.sql: it has the number of 0007_a.sql
            hint: give one of them another number: they run in the order of their numbers
            """);
    assertThat(faults("1_a.sqlite.sql", DO, "1_a.sql", DO, "01_a.sql", DO))
        .contains("migrations/1_a.sql: it has the number of 01_a.sql");
    assertThat(faults("1_a.sqlite.sql", DO, "1_b.postgres.sql", DO))
        .contains("1_b.postgres.sql: it has the number of 1_a.sqlite.sql");
  }

  @Test
  void anEmptyFileAndOneThatIsNoTextAreTold() {
    assertThat(faults("1_a.sql", "", "2_b.sql", "-- to do\n;;\n"))
        .isEqualTo(
            """
            migrations/1_a.sql:1:1: there is no statement in it

            migrations/2_b.sql:1:1: there is no statement in it
                -- to do
                ^
            """);
    var bytes = new MigrationReader.File("1_a.sql", new byte[] {'a', (byte) 0xE9});
    assertThatThrownBy(() -> MigrationReader.read("migrations", List.of(bytes), "sqlite"))
        .hasMessageContaining("it is not UTF-8");
  }

  @Test
  void theEndsOfLinesMakeNoDifference() {
    SqlMigration unix = one("-- mainstay: before\nSELECT 'a\nb';\nSELECT 2\n");
    assertThat(one("\uFEFF-- mainstay: before\r\nSELECT 'a\r\nb';\rSELECT 2\r\n").source().text())
        .isEqualTo(unix.source().text());
    assertThat(unix.position(unix.statements().get(1).at()).toString())
        .contains("line=4, column=1");
  }

  // ── when ──

  @Test
  void theFirstLinesSayWhenItRuns() {
    assertThat(one(DO).moment()).isEqualTo(new Moment.After(null));
    assertThat(one("-- mainstay: before\n" + DO).moment()).isEqualTo(new Moment.Before(null));
    assertThat(one("--mainstay:after  version 12\n" + DO).moment())
        .isEqualTo(new Moment.After(12L));
    SqlMigration both =
        one(
            "/* why */\n\n  -- so\n  -- mainstay: alone, before version 7\n-- mainstay: also on a new database\n"
                + DO);
    assertThat(both.moment()).isEqualTo(new Moment.Before(7L));
    assertThat(both.alone()).isTrue();
    assertThat(both.alsoOnNew()).isTrue();
    assertThat(one("-- mainstay is here\n" + DO).alone()).isFalse();
  }

  @Test
  void whatTheySayWronglyIsTold() {
    assertThat(faults("1_a.sql", "-- mainstay: befor\n-- mainstay: alone, before version x\n" + DO))
        .isEqualTo(
            """
            migrations/1_a.sql:1:14: unknown directive 'befor'
                -- mainstay: befor
                             ^
            hint: did you mean 'before'?

            migrations/1_a.sql:2:21: unknown directive 'before version x'
                -- mainstay: alone, before version x
                                    ^
            hint: did you mean 'before version 7'?
            """);
    assertThat(faults("1_a.sql", "-- mainstay: before, after\n" + DO))
        .contains("1:22: it says twice when it runs");
    assertThat(faults("1_a.sql", DO + "\n-- mainstay: alone\n" + DO))
        .contains("2:1: this stands too far down to be seen");
    assertThat(one("SELECT '\n-- mainstay: alone\n'").alone()).isFalse();
  }

  @Test
  void transactionsAreNotTheirs() {
    assertThat(faults("1_a.sql", "begin;\n" + DO + "\nCOMMIT;"))
        .isEqualTo(
            """
            migrations/1_a.sql:1:1: a migration may not BEGIN
                begin;
                ^
            hint: it runs within a transaction, which is committed when everything is done

            migrations/1_a.sql:3:1: a migration may not COMMIT
                COMMIT;
                ^
            hint: it runs within a transaction, which is committed when everything is done
            """);
    assertThat(faults("1_a.sql", "-- mainstay: alone\nROLLBACK"))
        .contains("one that runs alone is in no transaction");
    assertThat(faults("1_a.sql", "PRAGMA journal_mode = DELETE"))
        .contains("say '-- mainstay: alone' in the first line");
    assertThat(one("-- mainstay: alone\nPRAGMA optimize").alone()).isTrue();
  }

  // ── statements ──

  @Test
  void aSemicolonWithinSomethingEndsNothing() {
    isCut("sqlite", "SELECT ';', ';'';', \";\", `;`, [;], /* ; /* ; */ 1", "SELECT -- ;\n 2");
    isCut(
        "postgres",
        "SELECT ';', E'\\';', $$;$$, $a$;$$;$a$, /* ; /* ; */ ; */ 1",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
        "SELECT a[1:2], b ? 'c', price$1, $1",
        "SELECT 2");
  }

  @Test
  void aTriggerEndsWithItsEnd() {
    isCut(
        "sqlite",
        """
        CREATE TRIGGER a AFTER INSERT ON t BEGIN
          SELECT CASE new.a WHEN 1 THEN 2 END; -- END;
          UPDATE t SET b = ';END;'; /* x */
        END""",
        "CREATE TEMP TRIGGER b AFTER INSERT ON t BEGIN SELECT 1; END",
        "create table trigger_a (a)",
        "SELECT 1");
    assertThat(faults("1_a.sql", "CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1;\nEND"))
        .isEqualTo("fine");
    assertThat(faults("1_a.sql", "CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1;"))
        .contains("1:1: this trigger has no 'END;' behind its last statement");
  }

  @Test
  void aFunctionInPlainSqlEndsWithItsEnd() {
    isCut(
        "postgres",
        """
        CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC
          SELECT CASE a WHEN 1 THEN 2 END; SELECT 3;
        END""",
        "CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $x$ BEGIN RETURN 1; END $x$",
        "SELECT 1");
  }

  @Test
  void parametersHaveNoValues() {
    assertThat(faults("1_a.sql", "UPDATE t SET a = ?,\n  b = :b, c = '?'"))
        .isEqualTo(
            """
            migrations/1_a.sql:1:18: a migration has no parameters
                UPDATE t SET a = ?,
                                 ^
            hint: write the value itself

            migrations/1_a.sql:2:7: a migration has no parameters
                b = :b, c = '?'
                    ^
            hint: write the value itself
            """);
  }

  @Test
  void whatIsNeverClosedIsTold() {
    assertThat(faults("1_a.sql", "SELECT 1;\nSELECT 'a"))
        .contains("2:8: this quote is never closed");
    assertThat(faults("1_a.sql", "SELECT /* 1")).contains("1:8: this comment is never closed");
    assertThat(faults("1_a.postgres.sql", "SELECT $a$ 1 $$")).contains("1:8: this quote is never");
    assertThat(faults("1_a.postgres.sql", "SELECT (1;\nSELECT 2")).contains("1:8: this bracket");
  }

  private static void isCut(String engine, String... statements) {
    String text = "-- first\n" + String.join(" ;; -- next\n", statements);
    assertThat(read(engine, "1_a.sql", text).getFirst().statements())
        .extracting(Statement::text)
        .containsExactly(statements);
  }

  private static SqlMigration one(String text) {
    return read("sqlite", "1_a.sql", text).getFirst();
  }

  private static String names(String engine, String... files) {
    try {
      return String.join(" ", read(engine, files).stream().map(SqlMigration::name).toList());
    } catch (ModelException _) {
      return "fault";
    }
  }

  private static String faults(String... files) {
    ModelException thrown = catchThrowableOfType(ModelException.class, () -> read("sqlite", files));
    return thrown == null ? "fine" : FaultPrinter.print(thrown.faults());
  }

  private static List<SqlMigration> read(String engine, String... files) {
    List<MigrationReader.File> all = new ArrayList<>();
    for (int i = 0; i < files.length; i += 2)
      all.add(new MigrationReader.File(files[i], files[i + 1].getBytes(UTF_8)));
    return MigrationReader.read("migrations", all, engine);
  }
}
