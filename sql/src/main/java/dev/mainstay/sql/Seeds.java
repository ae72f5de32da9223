package dev.mainstay.sql;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.ProblemText;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.core.read.FileRow;
import dev.mainstay.core.read.SeedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Loads the seed files of a model, and says of each row that cannot be stored where it stands.
final class Seeds {
  /// Rows given to the database at once.
  private static final int BATCH = 500;

  private final Model model;
  private final SeedFiles files;
  private final Installation installation;
  private final SqlCompiler compiler;
  private final List<Fault> faults = new ArrayList<>();

  Seeds(Model model, SeedFiles files, Installation installation, Dialect dialect) {
    this.model = model;
    this.files = files;
    this.installation = installation;
    this.compiler = new SqlCompiler(model, dialect);
  }

  /// @param tables of the model, to be filled
  /// @return how many rows there were
  /// @throws ModelException with every fault found
  long load(List<Table> tables) {
    long rows = 0;
    for (Table table : tables) for (Table.Seed seed : table.seeds()) rows += load(table, seed);
    if (faults.isEmpty())
      for (Table table : tables)
        if (!table.seeds().isEmpty()) for (ForeignKey key : table.foreignKeys()) check(table, key);
    if (!faults.isEmpty()) throw new ModelException(faults);
    return rows;
  }

  private long load(Table table, Table.Seed seed) {
    long rows = 0;
    try (InputStream bytes = files.open(seed.file());
        SeedReader reader = SeedReader.open(table, seed.file(), bytes)) {
      List<FileRow> batch = new ArrayList<>();
      FileRow row;
      while ((row = reader.next()) != null) {
        boolean isSame = batch.isEmpty() || batch.getFirst().columns().equals(row.columns());
        if (!isSame || batch.size() == BATCH) flush(table, batch);
        batch.add(row);
        rows++;
      }
      flush(table, batch);
      faults.addAll(reader.faults());
    } catch (IOException e) {
      faults.add(
          new Fault(
              seed.position(), "the seed file " + seed.file() + " cannot be read", null, null));
    }
    return rows;
  }

  private void flush(Table table, List<FileRow> batch) {
    if (batch.isEmpty() || !faults.isEmpty()) {
      batch.clear();
      return;
    }
    List<Column> columns = columns(table, batch.getFirst().columns());
    List<List<Value>> rows = batch.stream().map(row -> values(columns, row)).toList();
    try {
      installation.insert(table, columns, rows);
    } catch (Installation.RowRefused refused) {
      faults.add(
          new Fault(
              batch.get(refused.row()).position(), ProblemText.of(refused.problem()), null, null));
    }
    batch.clear();
  }

  /// Notes the first row of the table that refers to no row of the target.
  private void check(Table table, ForeignKey key) {
    List<Expr.Column> columns = expressions(table, key.columns());
    List<Filter> dangling = new ArrayList<>();
    List<Link.Pair> pairs = new ArrayList<>();
    List<Expr.Column> targets = expressions(table(key.target()), key.targetColumns());
    for (int i = 0; i < columns.size(); i++) {
      dangling.add(new Filter.Not(new Filter.IsNull(columns.get(i))));
      pairs.add(new Link.Pair(columns.get(i), targets.get(i)));
    }
    dangling.add(
        new Filter.Not(new Filter.Exists(new Link(key.target(), pairs, null), Filter.TRUE)));
    List<ColumnType> types = columns.stream().map(Expr.Column::type).toList();
    Sql query = compiler.keys(table.name(), columns, Filter.TRUE, new Filter.And(dangling));
    List<List<Value>> found = installation.values(Sql.of("{} LIMIT 1", query), types);
    if (found.isEmpty()) return;
    List<Value> values = found.getFirst();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) texts.add(ValueText.text(types.get(i), values.get(i)));
    faults.add(
        new Fault(
            position(table, key.columns(), values),
            "%s (%s) is not in the table '%s'"
                .formatted(
                    String.join(", ", key.columns()),
                    String.join(", ", texts),
                    key.target().name()),
            null,
            null));
  }

  /// Where the seed row with these values stands.
  private Position position(Table table, List<String> columns, List<Value> values) {
    for (Table.Seed seed : table.seeds()) {
      try (InputStream bytes = files.open(seed.file());
          SeedReader reader = SeedReader.open(table, seed.file(), bytes)) {
        FileRow row;
        while ((row = reader.next()) != null) {
          List<Column> named = columns(table, row.columns());
          Map<String, Value> cells = new HashMap<>();
          List<Value> own = values(named, row);
          for (int i = 0; i < named.size(); i++) cells.put(named.get(i).name(), own.get(i));
          if (columns.stream().map(cells::get).toList().equals(values)) return row.position();
        }
      } catch (IOException e) {
        return seed.position();
      }
    }
    return table.position();
  }

  private static List<Value> values(List<Column> columns, FileRow row) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      @Nullable Value value = ValueReader.fromCell(columns.get(i).type(), row.cells().get(i));
      values.add(Objects.requireNonNull(value, "a seed names the columns it fills"));
    }
    return values;
  }

  private static List<Column> columns(Table table, List<String> names) {
    return names.stream().map(name -> Objects.requireNonNull(table.column(name))).toList();
  }

  private static List<Expr.Column> expressions(Table table, List<String> names) {
    return columns(table, names).stream()
        .map(column -> new Expr.Column(0, column.name(), column.type()))
        .toList();
  }

  private Table table(TableName name) {
    return Objects.requireNonNull(model.table(name));
  }
}
