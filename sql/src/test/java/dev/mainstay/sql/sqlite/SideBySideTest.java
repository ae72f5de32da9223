package dev.mainstay.sql.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.Migrator;
import dev.mainstay.sql.SeedFiles;
import dev.mainstay.sql.StoreException;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Catalogs;
import dev.mainstay.testkit.NewRows;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Engines of several models on one database, of which one has been followed by another.
final class SideBySideTest {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            price: decimal(10,2)
          policies: {read: true}
      """;
  private static final Problem OUTDATED = new Problem.Outdated();
  private static final SeedFiles NONE =
      file -> {
        throw new FileNotFoundException(file);
      };

  @TempDir Path folder;
  private SqliteDatabase database;
  private Served before;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder, SqliteSettings.defaults());
    Catalog catalog = Catalogs.of(MODEL);
    new Installer(new SqliteDialect(), new SqliteDdl(), "under test")
        .install(database.installation(), catalog.model(), catalog.rules(), MODEL, NONE);
    before = served(MODEL);
    insert(before);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void bothAnswerWhileTheTablesStay() {
    Served after = served(MODEL.replace("read: true", "read: false"));
    insert(after);
    insert(before);
    assertThat(read(before)).hasSize(3);
    assertThat(read(after)).hasSize(3);
  }

  @Test
  void plansOfTablesThatHaveChangedAreNotCarriedOut() {
    String model = MODEL.replace("(10,2)", "(10,4)");
    apply(model);
    Served after = served(model);
    assertThat(Backend.refusal(() -> insert(before))).isEqualTo(OUTDATED);
    assertThat(Backend.refusal(() -> read(before))).isEqualTo(OUTDATED);
    assertThat(Backend.refusal(() -> unit(before))).isEqualTo(OUTDATED);
    assertThat(read(after)).containsExactly("1.5000");
  }

  @Test
  void aReadDuringWhichTheTablesChangeIsNotAnswered() {
    String model = MODEL.replace("(10,2)", "(10,4)");
    Engine.Work<List<byte[]>> work =
        unit -> {
          List<byte[]> rows = unit.read(before.planner().read(ask(), Callers.INSIDE)).rows();
          apply(model);
          return rows;
        };
    assertThat(
            Backend.refusal(() -> allowed(allowance -> before.engine().snapshot(allowance, work))))
        .isEqualTo(OUTDATED);
    assertThat(read(served(model))).containsExactly("1.5000");
  }

  @Test
  void aChangeThatFailsLeavesWhatWasServed() {
    assertThatThrownBy(() -> apply(MODEL.replace("price: ", "day: date\n      price: ")))
        .isInstanceOf(StoreException.class);
    insert(before);
    assertThat(read(before)).hasSize(2);
  }

  @Test
  void writersWaitWhileTheirConnectionIsLentAndReadersGoOn() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> write;
      try (Installation lent = database.installation()) {
        write = threads.submit(() -> insert(before));
        assertThat(read(before)).hasSize(1);
        while (database.writer().waiting() > 0) Thread.onSpinWait();
        assertThat(write.isDone()).isFalse();
        lent.commit();
      }
      write.get();
    }
    assertThat(read(before)).hasSize(2);
  }

  // ── what happens ──

  private Served served(String yaml) {
    Catalog catalog = Catalogs.of(yaml);
    Planner planner =
        new Planner(catalog, new Limits(null, true), InstantSource.system(), new Random(1));
    return new Served(planner, database.serve(catalog.model(), InstantSource.system()));
  }

  private void apply(String yaml) {
    Catalog catalog = Catalogs.of(yaml);
    new Migrator(new SqliteDialect(), new SqliteDdl(), new SqliteAlterations(), "under test")
        .apply(
            database.migratable(),
            new Migrator.Goal(catalog.model(), catalog.rules(), yaml, NONE),
            /* mayLose= */ false);
  }

  private static Asked.Read ask() {
    return Ask.of("price").from("notes");
  }

  private List<String> read(Served served) {
    return allowed(
            allowance ->
                served.engine().read(served.planner().read(ask(), Callers.INSIDE), allowance))
        .rows()
        .stream()
        .map(row -> new String(row, UTF_8))
        .map(row -> row.replaceAll("[^0-9.]", ""))
        .toList();
  }

  private void insert(Served served) {
    allowed(
        allowance ->
            served
                .engine()
                .write(
                    served
                        .planner()
                        .insert(NewRows.insert("notes", "{\"price\": 1.5}", null), Callers.INSIDE),
                    allowance));
  }

  private void unit(Served served) {
    allowed(allowance -> served.engine().unit(allowance, unit -> List.of()));
  }

  private static <T> T allowed(Function<Allowance, T> work) {
    try (ByteBudget.Lease lease = new ByteBudget(1 << 20).lease()) {
      return work.apply(new Allowance(Duration.ofSeconds(30), lease, Observer.NOBODY));
    }
  }
}
