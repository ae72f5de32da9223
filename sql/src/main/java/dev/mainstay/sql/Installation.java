package dev.mainstay.sql;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A transaction in which a model is installed, and in which nobody else installs one. Closing it
/// undoes what was not committed. Foreign keys are not checked before its end.
public interface Installation extends AutoCloseable {
  /// The newest model the database has, or null when it has none.
  @Nullable Applied applied();

  /// The model of that version, or null when there was none.
  @Nullable Applied applied(long version);

  /// What the database holds now.
  ///
  /// @param schemas in which to look, where an engine keeps them apart
  Schema schema(Set<String> schemas);

  /// Whether the database has a table or a view of that name.
  boolean has(TableName table);

  /// The columns of a table as the database has it, whoever has made them; none when it has none.
  Set<String> columns(TableName table);

  /// What the database holds already under a name that the model wants to give, as `table
  /// public.albums`.
  List<String> inTheWay(Model model);

  /// How the indexes have been used; empty where the engine does not count it.
  List<IndexUse> indexUses();

  /// Which tables and views each view reads, as `public.albums`; empty where the engine does not
  /// keep it.
  Map<String, Set<String>> viewReads();

  /// Which tables and views the SQL of each function uses; empty where the engine cannot say.
  Map<Function.Signature, Set<String>> functionUses(Model model);

  /// Keeps `applied` as the newest, or in the place of what was kept under its version.
  void record(Applied applied);

  void run(String statement);

  /// The migrations that the database is done with, in the order of their numbers.
  List<RanMigration> migrations();

  /// Keeps that the database is done with one.
  void record(RanMigration ran);

  /// Runs the statements of a migration. Whatever settings it makes are gone with it.
  void run(SqlMigration migration) throws StatementRefused;

  /// The rows of a query without placeholders, as values of these types.
  List<List<Value>> values(Sql query, List<ColumnType> types);

  /// Inserts rows that give a value for each of the columns.
  void insert(Table table, List<Column> columns, List<List<Value>> rows) throws RowRefused;

  /// The last number that an identity has given, or null when it has given none.
  @Nullable Long lastNumber(TableName table, String column);

  /// Lets an identity go on behind a number, unless it is further already.
  void goOnBehind(TableName table, String column, long number);

  void commit();

  @Override
  void close();

  /// One of the rows was refused.
  final class RowRefused extends Exception {
    private final int row;
    private final transient Problem problem;

    /// @param row which of the rows given, from 0
    public RowRefused(int row, Problem problem) {
      super(problem.toString(), null, false, false);
      this.row = row;
      this.problem = problem;
    }

    public int row() {
      return row;
    }

    public Problem problem() {
      return problem;
    }
  }
}
