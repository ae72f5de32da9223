package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Asked.Condition.Compare;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.sql.Installer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A process of its own that writes without end, from several threads at once, and says on its
/// output which writes it was told are done: `ack <thread> <number>`. To be killed.
final class CrashWriter {
  static final String MODEL =
      """
      tables:
        writes:
          columns:
            id: {type: bigint, identity: true, primary_key: true}
            worker: integer
            number: integer
            body: text
          indexes:
            - [worker, number]
        counters:
          columns:
            worker: {type: integer, primary_key: true}
            number: integer
      """;

  private static final TableName WRITES = TableName.inDefaultSchema("writes");
  private static final TableName COUNTERS = TableName.inDefaultSchema("counters");
  private static final Caller CALLER = new Caller.Inside();

  private final Planner planner;
  private final SqliteEngine engine;
  private final ByteBudget budget = new ByteBudget(1 << 24);
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

  private CrashWriter(Planner planner, SqliteEngine engine) {
    this.planner = planner;
    this.engine = engine;
  }

  /// @param arguments the data folder, and the number of threads
  public static void main(String[] arguments) throws InterruptedException {
    Model model = ModelReader.read("backend.yaml", MODEL).orThrow();
    Catalog catalog = new Catalog(model, new Rules(Map.of(), Map.of(), Map.of()));
    SqliteDatabase database = SqliteDatabase.open(Path.of(arguments[0]), SqliteSettings.defaults());
    new Installer(new SqliteDialect(), new SqliteDdl(), "test")
        .install(
            database.installation(),
            model,
            catalog.rules(),
            MODEL,
            file -> InputStream.nullInputStream());
    CrashWriter writer =
        new CrashWriter(
            new Planner(catalog, new Limits(null, true), InstantSource.system(), new Random()),
            database.serve(model, InstantSource.system()));
    int threads = Integer.parseInt(arguments[1]);
    for (int worker = 0; worker < threads; worker++) writer.start(worker);
    Thread.currentThread().join();
  }

  private void start(int worker) {
    Thread.ofVirtual().start(() -> work(worker));
  }

  /// Each number is one row of one table and the new value of one row of another, in one
  /// transaction.
  private void work(int worker) {
    Compare own =
        new Compare(Asked.Field.of("worker"), Operator.EQ, Quantifier.ONE, List.of("" + worker));
    insert(COUNTERS, List.of("worker", "number"), "" + worker, "0");
    for (int number = 1; ; number++) {
      int now = number;
      try (ByteBudget.Lease lease = budget.lease()) {
        engine.unit(
            new Allowance(Duration.ofSeconds(30), lease, Observer.NOBODY),
            unit -> {
              List<String> columns = List.of("worker", "number", "body");
              unit.write(
                  planner.insert(
                      rows(WRITES, columns, "" + worker, "" + now, "body of " + now), CALLER));
              return unit.write(
                  planner.update(
                      new Asked.Update(
                          COUNTERS,
                          List.of(new Asked.Assignment("number", new Cell.Text("" + now))),
                          List.of(own),
                          null),
                      dev.mainstay.core.plan.Plan.Expectation.ANY,
                      CALLER));
            });
      }
      acknowledge("ack " + worker + " " + now + "\n");
    }
  }

  private void insert(TableName table, List<String> columns, String... cells) {
    try (ByteBudget.Lease lease = budget.lease()) {
      engine.write(
          planner.insert(rows(table, columns, cells), CALLER),
          new Allowance(Duration.ofSeconds(30), lease, Observer.NOBODY));
    }
  }

  private static Asked.Insert rows(TableName table, List<String> columns, String... cells) {
    List<Cell> row = List.of(cells).stream().<Cell>map(Cell.Text::new).toList();
    return new Asked.Insert(table, columns, List.of(row), null, null);
  }

  private synchronized void acknowledge(String line) {
    try {
      out.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
