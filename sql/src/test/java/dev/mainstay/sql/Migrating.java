package dev.mainstay.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.core.read.ModelReader;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/// What tests of migrations need: databases with a model and rows, and looks at what became of
/// them.
public abstract class Migrating {
  /// An empty database.
  public interface Empty extends AutoCloseable {
    Installation installation();

    Migratable migratable();

    @Override
    void close();
  }

  protected abstract Empty open();

  /// How the engine is spoken to, and its tables changed.
  public record Parts(Dialect dialect, Ddl ddl, Alterations alterations) {}

  protected abstract Parts parts();

  /// The first rows of tables that are new.
  protected abstract SeedFiles seeds();

  private final List<Empty> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Empty::close);
  }

  protected Dialect dialect() {
    return parts().dialect();
  }

  protected Ddl ddl() {
    return parts().ddl();
  }

  protected Migrator migrator() {
    return new Migrator(dialect(), ddl(), parts().alterations(), "under test");
  }

  protected Migration plan(Empty database, String yaml) {
    return migrator().plan(database.migratable(), goal(yaml));
  }

  protected Migration apply(Empty database, String yaml, boolean mayLose) {
    return migrator().apply(database.migratable(), goal(yaml), mayLose);
  }

  protected Migrator.Goal goal(String yaml) {
    Model model = ModelReader.read("backend.yaml", yaml).orThrow();
    RuleCompiler.Compiled compiled = RuleCompiler.compile(model);
    assertThat(compiled.faults()).isEmpty();
    return new Migrator.Goal(model, compiled.rules(), yaml, seeds());
  }

  protected Empty installed(String yaml, String artists, String albums) {
    return installed(yaml, files(artists, albums));
  }

  protected Empty installed(String yaml, SeedFiles seeds) {
    Empty database = open();
    opened.add(database);
    Migrator.Goal goal = goal(yaml);
    new Installer(dialect(), ddl(), "under test")
        .install(database.installation(), goal.model(), goal.rules(), yaml, seeds);
    return database;
  }

  protected static SeedFiles files(String artists, String albums) {
    return file ->
        new ByteArrayInputStream((file.startsWith("artists") ? artists : albums).getBytes(UTF_8));
  }

  protected void isAsFresh(Empty database, String yaml) {
    Migrator.Goal goal = goal(yaml.replaceAll("(?m)^ *seed: .*\n", ""));
    try (Empty fresh = open()) {
      new Installer(dialect(), ddl(), "under test")
          .install(fresh.installation(), goal.model(), goal.rules(), yaml, seeds());
      assertThat(schema(database, goal.model())).isEqualTo(schema(fresh, goal.model()));
    }
  }

  protected static String schema(Empty database, Model model) {
    StringBuilder text = new StringBuilder();
    try (Installation installation = database.installation()) {
      for (Schema.Thing thing : installation.schema(model.schemas()).things())
        text.append(thing.title()).append(": ").append(thing.definition()).append('\n');
    }
    return text.toString();
  }

  /// The columns of every row, in the order of the first one.
  protected List<String> rows(Empty database, String yaml, String name, String columns) {
    Table table = Objects.requireNonNull(goal(yaml).model().table(TableName.inDefaultSchema(name)));
    List<ColumnType> types = new ArrayList<>();
    List<Sql> names = new ArrayList<>();
    for (String column : columns.split(", ", -1)) {
      Column found = Objects.requireNonNull(table.column(column), column);
      types.add(found.type());
      names.add(dialect().quote(column));
    }
    Sql query =
        Sql.of(
            "SELECT {} FROM {} ORDER BY 1", Sql.join(", ", names), dialect().table(table.name()));
    List<String> rows = new ArrayList<>();
    try (Installation installation = database.installation()) {
      for (List<Value> row : installation.values(query, types)) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++)
          cells.add(
              row.get(i).equals(Value.NULL) ? "null" : ValueText.text(types.get(i), row.get(i)));
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }
}
