package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.RowReader.Format;
import dev.mainstay.services.rows.Exporter;
import dev.mainstay.services.rows.ImportFile;
import dev.mainstay.services.rows.ImportOptions;
import dev.mainstay.services.rows.Imported;
import dev.mainstay.services.rows.Importer;
import dev.mainstay.services.rows.Progress;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// An import that is killed at every step it takes, once each, and goes on: in the end the rows,
/// the rejects and the numbers are those of one that nobody disturbed.
abstract class KilledImports {
  private static final String MODEL =
      """
      tables:
        people:
          columns:
            id: {type: integer, identity: always, primary_key: true}
            name: {type: text, unique: true}
            boss_id: {type: integer, nullable: true, references: people}
      """;

  /// Of every kind: sound rows, rows that wait for later ones, rows that cannot be read, that the
  /// database refuses, and that wait in vain.
  private static final String FILE =
      """
      id,name,boss_id
      1,a,
      2,b,9
      3,c,1
      4,d
      5,e,8
      6,a,
      7,g,2
      8,h,9
      9,i,1
      10,j,77
      x,k,1
      12,l,5
      13,m,
      """;

  abstract EngineUnderTest engine();

  private record End(Imported rows, String rejects, String stored) {}

  /// A file of rejects, and whoever is killed while writing it.
  private static final class Rejects implements Exporter.Destination {
    private final Breaking engine;
    private ByteArrayOutputStream written = new ByteArrayOutputStream();
    private String text = "";

    Rejects(Breaking engine) {
      this.engine = engine;
    }

    @Override
    public OutputStream open(Table table) {
      engine.step();
      written = new ByteArrayOutputStream();
      return written;
    }

    @Override
    public void done(Table table, long rows) {
      engine.step();
      text = written.toString(UTF_8);
    }
  }

  @Test
  void goOnFromWhereverTheyWere() throws Exception {
    Catalog catalog = catalog();
    try (Backend backend = Backend.open(engine(), catalog)) {
      End undisturbed = load(backend, Integer.MAX_VALUE, ImportOptions.Begin.NEW);
      assertThat(undisturbed.rows()).isEqualTo(new Imported(13, 9, 0, 4, 0));
      assertThat(undisturbed.rejects().lines()).hasSize(5);
      int kills = 0;
      for (int steps = 0; ; steps++) {
        forget(backend);
        try {
          End end = load(backend, steps, ImportOptions.Begin.RESUMED);
          assertThat(end).isEqualTo(undisturbed);
          break;
        } catch (Breaking.Killed killed) {
          kills++;
        }
        End end = load(backend, Integer.MAX_VALUE, ImportOptions.Begin.RESUMED);
        // Killed once the last commit was made, it is known to have come to its end.
        if (!end.rejects().isEmpty())
          assertThat(end).as("after %d steps", steps).isEqualTo(undisturbed);
        assertThat(end.rows()).as("after %d steps", steps).isEqualTo(undisturbed.rows());
        assertThat(end.stored()).as("after %d steps", steps).isEqualTo(undisturbed.stored());
      }
      assertThat(kills).isGreaterThan(30);
    }
  }

  private static Catalog catalog() {
    Model own = ModelReader.read("backend.yaml", MODEL).orThrow();
    List<Table> tables = new ArrayList<>(own.tables());
    tables.addAll(ModelReader.system(Importer.class).tables());
    Model whole = own.withTables(tables);
    return new Catalog(whole, RuleCompiler.compile(whole).rules());
  }

  private static End load(Backend backend, int steps, ImportOptions.Begin begin)
      throws IOException {
    Breaking engine = new Breaking(backend.engine(), steps);
    Rejects rejects = new Rejects(engine);
    Importer importer =
        new Importer(backend.planner(), engine, new ByteBudget(1 << 20), InstantSource.system());
    Table people =
        Objects.requireNonNull(
            backend.planner().catalog().table(TableName.inDefaultSchema("people")));
    ImportFile file =
        new ImportFile(
            "people.csv", Format.CSV, () -> new ByteArrayInputStream(FILE.getBytes(UTF_8)), true);
    ImportOptions options =
        new ImportOptions(
            ImportOptions.Taken.FAIL, ImportOptions.BadRows.SET_ASIDE, begin, /* batch= */ 4);
    List<Importer.Loaded> loaded =
        importer.load(
            List.of(new Importer.Source(people, file, rejects)),
            options,
            source -> Progress.NOBODY);
    return new End(loaded.getFirst().rows(), rejects.text, backend.stored("people"));
  }

  /// As if nothing had ever been imported.
  private static void forget(Backend backend) {
    for (TableName table :
        List.of(TableName.inDefaultSchema("people"), new TableName("mainstay", "imports")))
      backend.write(
          backend
              .planner()
              .delete(
                  new Asked.Delete(table, List.of(), null), Plan.Expectation.ANY, Callers.INSIDE));
  }
}
