package dev.mainstay.sql.postgres;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.ANON;
import static dev.mainstay.testkit.Callers.INSIDE;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Wrote;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is PostgreSQL's own.
@ParameterizedClass
@EnumSource
class PostgresEngineTest {
  private static final String MODEL =
      """
      tables:
        owners:
          columns:
            id: {type: integer, primary_key: true}
            name: {type: text, unique: true, default: nobody}
            address: {native: inet, nullable: true}
            tags: {native: int4range, nullable: true}
        cats:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            owner_id: {type: integer, nullable: true, references: owners, on_delete: restrict}
            mother_id: {type: integer, nullable: true, references: cats}
            name: {type: text, default: cat}
          indexes:
            - [owner_id]
          policies:
            read: {anon: row.owner_id == 7}
      views:
        large:
          sql: SELECT i AS id, repeat('x', 1000000) AS text FROM generate_series(1, 100) AS i
          columns:
            id: integer
            text: text
          primary_key: [id]
      """;

  private final PostgresVersion version;
  private String address;
  private Backend backend;

  PostgresEngineTest(PostgresVersion version) {
    this.version = version;
  }

  @BeforeEach
  void open() {
    address = PostgresServer.shared(version).database();
    backend = Backend.open(new At(address), MODEL);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void typesOfTheDatabasesOwnTravelAsText() {
    assertThat(
            backend
                .insert(
                    SERVICE,
                    "owners",
                    "{\"id\":1,\"address\":\"10.0.0.1/8\",\"tags\":\"[1,3]\"}",
                    everything())
                .rows())
        .isEqualTo(
            "[{\"id\":1,\"name\":\"nobody\",\"address\":\"10.0.0.1/8\",\"tags\":\"[1,4)\"}]");
    assertThat(backend.read(SERVICE, of("id").where(eq("address", "10.0.0.1/8")).from("owners")))
        .isEqualTo("[{\"id\":1}]");
    assertThat(
            refusal(() -> backend.insert(SERVICE, "owners", "{\"id\":2,\"address\":\"nowhere\"}")))
        .isEqualTo(new Problem.InvalidValue("inet", "nowhere"));
  }

  @Test
  void whatRefersToARowIsToldAlikeByEveryVersion() {
    backend.seed("owners", "{\"id\":1}").seed("cats", "{\"id\":1,\"owner_id\":1}");
    assertThat(refusal(() -> backend.delete(SERVICE, "owners", eq("id", "1"))))
        .isEqualTo(
            new ConstraintViolated(
                Kind.FOREIGN_KEY,
                "update or delete on table \"owners\" violates foreign key constraint"
                    + " \"cats_owner_id_fkey\" on table \"cats\"",
                "Key (id)=(1) is still referenced from table \"cats\"."));
  }

  @Test
  void aValueThatWasNotSentIsNotRepeated() {
    backend.seed("owners", "{\"id\":1}");
    assertThat(refusal(() -> backend.insert(SERVICE, "owners", "{\"id\":2}")))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_name_key\"",
                null));
    assertThat(refusal(() -> backend.insert(SERVICE, "owners", "{\"id\":2,\"name\":\"nobody\"}")))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_name_key\"",
                "Key (name)=(nobody) already exists."));
  }

  @Test
  void anAnswerThatIsTooLargeIsNotEvenHeld() {
    for (int round = 0; round < 3; round++)
      assertThat(refusal(() -> backend.read(SERVICE, everything().from("large"))))
          .isEqualTo(new Problem.TooLarge(Problem.TooLarge.What.ANSWER, 64 << 20));
    assertThat(backend.read(SERVICE, of("id").where(eq("id", "1")).from("large")))
        .isEqualTo("[{\"id\":1}]");
  }

  @Test
  void whatIsPreparedOutlivesAChangeOfTheTable() {
    int id = 1;
    for (; id <= 8; id++) insert(id);
    execute("ALTER TABLE owners ALTER COLUMN id TYPE bigint");
    for (; id <= 24; id++) insert(id);
    assertThat(backend.read(SERVICE, of("id").order(asc("id")).from("owners"))).contains("24");
  }

  private void insert(int id) {
    assertThat(backend.insert(SERVICE, "owners", "{\"id\":%d,\"name\":\"n%1$d\"}".formatted(id)))
        .isEqualTo(Wrote.keys("" + id));
  }

  @Test
  void unitsThatLockEachOtherBothEnd() throws Exception {
    backend.seed("owners", "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]");
    AtomicInteger runs = new AtomicInteger();
    CyclicBarrier both = new CyclicBarrier(2);
    List<Future<Integer>> ended = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int first = 1; first <= 2; first++) {
        Plan.Update one = rename(first, first);
        Plan.Update other = rename(3 - first, first);
        ended.add(
            executor.submit(
                () ->
                    backend.unit(
                        unit -> {
                          unit.write(one);
                          if (runs.incrementAndGet() <= 2) await(both);
                          return unit.write(other).count();
                        })));
      }
      for (Future<Integer> unit : ended) assertThat(unit.get()).isEqualTo(1);
    }
    assertThat(runs.get()).isGreaterThan(2);
    assertThat(backend.stored("owners", "name"))
        .isIn(
            "[{\"name\":\"by 1: 1\"},{\"name\":\"by 1: 2\"}]",
            "[{\"name\":\"by 2: 1\"},{\"name\":\"by 2: 2\"}]");
  }

  private Plan.Update rename(int id, int by) {
    return backend
        .planner()
        .update(
            NewRows.update(
                "owners",
                "{\"name\":\"by %d: %d\"}".formatted(by, id),
                List.of(eq("id", "" + id)),
                null),
            Plan.Expectation.ANY,
            INSIDE);
  }

  private static void await(CyclicBarrier both) {
    try {
      both.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anIndexServesAPolicyAlsoWhereItIsFenced() throws SQLException {
    execute(
        "INSERT INTO owners (id, name) SELECT i, i FROM generate_series(1, 1000) AS i",
        "INSERT INTO cats (owner_id) SELECT 1 + i % 1000 FROM generate_series(1, 20000) AS i",
        "ANALYZE cats");
    Ask ask = of("id").where(test("name", Operator.ILIKE, "C%"));
    List<String> ran = new ArrayList<>();
    backend.read(
        ANON,
        ask.from("cats"),
        observation -> {
          if (observation instanceof Observation.Ran(String sql, long _)) ran.add(sql);
        });
    assertThat(ran).hasSize(1);
    try (Connection connection = PostgresServer.connect(address);
        ResultSet plan =
            connection
                .createStatement()
                .executeQuery("EXPLAIN " + ran.getFirst().replace("?::text", "'C%'"))) {
      StringBuilder text = new StringBuilder();
      while (plan.next()) text.append(plan.getString(1)).append('\n');
      assertThat(text.toString()).contains("cats_owner_id_idx").doesNotContain("Seq Scan on cats");
    }
  }

  private void execute(String... statements) {
    PostgresServer.shared(version)
        .execute(address.substring(address.lastIndexOf('/') + 1), statements);
  }

  private record At(String address) implements EngineUnderTest {
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
