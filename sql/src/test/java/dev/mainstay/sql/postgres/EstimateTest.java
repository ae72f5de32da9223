package dev.mainstay.sql.postgres;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Callers.ANON;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Callers.user;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.Statements;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Numbers of rows come from the planner for whom they tell nothing new. Its statistics say 1000
/// rows where there are 500.
@ParameterizedClass
@EnumSource
class EstimateTest {
  private static final long MOST = 10;
  private final String address;
  private final Backend backend;

  EstimateTest(PostgresVersion version) {
    address = PostgresServer.shared(version).database();
    backend =
        Backend.open(
            new EngineUnderTest() {
              @Override
              public String name() {
                return "postgres";
              }

              @Override
              public Database open(Catalog catalog) {
                return PostgresUnderTest.open(PostgresSettings.of(address), catalog);
              }
            },
            """
            tables:
              things:
                columns:
                  id: {type: integer, primary_key: true}
                  owner_id: uuid?
                policies:
                  read: {anon: 'true', authenticated: row.owner_id == null}
              parts:
                columns:
                  id: {type: integer, primary_key: true}
                  thing_id: {type: integer, references: things}
                policies:
                  read: {anon: 'true'}
            """,
            new Limits(MOST, false));
  }

  @BeforeEach
  void fill() throws SQLException {
    try (Connection connection = PostgresServer.connect(address);
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE things SET (autovacuum_enabled = false)");
      statement.execute("INSERT INTO things SELECT i FROM generate_series(1, 1000) AS i");
      statement.execute("ANALYZE things");
      statement.execute("DELETE FROM things WHERE id > 500");
    }
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void whoSeesEveryRowIsToldWhatThePlannerExpects() {
    assertThat(total(SERVICE, of("id"), Asked.Count.PLANNED)).isEqualTo(1000);
    assertThat(total(ANON, of("id"), Asked.Count.PLANNED)).isEqualTo(1000);
    assertThat(total(SERVICE, of("id").where(test("id", Operator.LE, "250")), Asked.Count.PLANNED))
        .isBetween(240L, 260L);
    assertThat(total(SERVICE, of("id").embed("parts", of("id")), Asked.Count.PLANNED))
        .isEqualTo(1000);
  }

  @Test
  void whoDoesNotIsToldHowManyThereAre() {
    Caller guarded = user("aaaaaaaa-0000-4000-8000-000000000001");
    assertThat(total(guarded, of("id"), Asked.Count.PLANNED)).isEqualTo(500);
    assertThat(total(guarded, of("id"), Asked.Count.ESTIMATED)).isEqualTo(500);
    // Nor through a relation, which may lead to what is guarded.
    assertThat(
            total(ANON, of("id").with(Ask.inner(Ask.embedded("parts", of()))), Asked.Count.PLANNED))
        .isZero();
  }

  @Test
  void anEstimateOfFewIsExact() {
    Ask few = of("id").where(test("id", Operator.GT, "495"));
    assertThat(total(SERVICE, few, Asked.Count.ESTIMATED)).isEqualTo(5);
    assertThat(total(SERVICE, of("id"), Asked.Count.ESTIMATED)).isEqualTo(1000);
    Ask some = of("id").where(test("id", Operator.GT, "489"));
    assertThat(total(SERVICE, some, Asked.Count.ESTIMATED)).isGreaterThan(MOST);
  }

  @Test
  void anEstimateIsNeverLessThanWhatWasSeen() {
    Ask none = of("id").where(test("id", Operator.GT, "499")).order(asc("id"));
    assertThat(total(SERVICE, none, Asked.Count.PLANNED)).isPositive();
    Ask past = of("id").order(asc("id")).offset(5000);
    assertThat(total(SERVICE, past, Asked.Count.PLANNED)).isEqualTo(1000);
  }

  private long total(Caller caller, Ask ask, Asked.Count count) {
    Statements statements = new Statements();
    Long total =
        backend
            .read(caller, new Asked.Read(Ask.table("things"), ask.rows(), count), statements)
            .total();
    assertThat(statements.count()).isLessThanOrEqualTo(2);
    assertThat(total).isNotNull();
    return total;
  }
}
