package dev.mainstay.sql;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An installation that passes everything on to another one, for what watches it or is in its way.
public class Passing implements Installation {
  private final Installation whole;

  protected Passing(Installation whole) {
    this.whole = whole;
  }

  @Override
  public @Nullable Applied applied() {
    return whole.applied();
  }

  @Override
  public @Nullable Applied applied(long version) {
    return whole.applied(version);
  }

  @Override
  public Schema schema(Set<String> schemas) {
    return whole.schema(schemas);
  }

  @Override
  public boolean has(TableName table) {
    return whole.has(table);
  }

  @Override
  public Set<String> columns(TableName table) {
    return whole.columns(table);
  }

  @Override
  public List<String> inTheWay(Model model) {
    return whole.inTheWay(model);
  }

  @Override
  public List<IndexUse> indexUses() {
    return whole.indexUses();
  }

  @Override
  public Map<String, Set<String>> viewReads() {
    return whole.viewReads();
  }

  @Override
  public Map<Function.Signature, Set<String>> functionUses(Model model) {
    return whole.functionUses(model);
  }

  @Override
  public void record(Applied applied) {
    whole.record(applied);
  }

  @Override
  public List<RanMigration> migrations() {
    return whole.migrations();
  }

  @Override
  public void record(RanMigration ran) {
    whole.record(ran);
  }

  @Override
  public void run(SqlMigration migration) throws StatementRefused {
    whole.run(migration);
  }

  @Override
  public void run(String statement) {
    whole.run(statement);
  }

  @Override
  public List<List<Value>> values(Sql query, List<ColumnType> types) {
    return whole.values(query, types);
  }

  @Override
  public void insert(Table table, List<Column> columns, List<List<Value>> rows) throws RowRefused {
    whole.insert(table, columns, rows);
  }

  @Override
  public @Nullable Long lastNumber(TableName table, String column) {
    return whole.lastNumber(table, column);
  }

  @Override
  public void goOnBehind(TableName table, String column, long number) {
    whole.goOnBehind(table, column, number);
  }

  @Override
  public void commit() {
    whole.commit();
  }

  @Override
  public void close() {
    whole.close();
  }
}
