package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueText;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// Names the constraint that refused a write, in PostgreSQL's words. SQLite names a check, and the
/// columns of a key; which foreign key failed it does not tell, so that is looked up.
final class Constraints {
  private final Model model;
  private final ForeignKeys foreignKeys;

  Constraints(Model model, ForeignKeys foreignKeys) {
    this.model = model;
    this.foreignKeys = foreignKeys;
  }

  RuntimeException refusedInsert(SQLException e, Plan.Insert plan, Plan.Row row)
      throws SQLException {
    Plan.InsertShape shape = plan.shape();
    Map<String, Value> sent = new HashMap<>();
    for (int i = 0; i < shape.columns().size(); i++) {
      Value cell = row.cells().get(i);
      if (cell != null) sent.put(shape.columns().get(i).name(), cell);
    }
    if (Errors.code(e) == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY)
      return brokenKey(plan, sent);
    return refused(e, model, shape.table(), sent);
  }

  private RuntimeException brokenKey(Plan.Insert plan, Map<String, Value> sent)
      throws SQLException {
    Plan.InsertShape shape = plan.shape();
    RuntimeException absent = foreignKeys.absent(plan, shape.table(), sent);
    Plan.Conflict conflict = shape.conflict();
    if (absent != null || conflict == null)
      return absent == null ? ForeignKeys.unknown(shape.table()) : absent;
    Set<String> changed = new HashSet<>();
    for (Expr.Column column : conflict.merge()) changed.add(column.name());
    Filter taken = ForeignKeys.equal(conflict.target(), conflict.target(), sent);
    RuntimeException referenced =
        foreignKeys.referenced(plan, shape.table(), conflict.policy(), taken, changed);
    return referenced == null ? ForeignKeys.unknown(shape.table()) : referenced;
  }

  RuntimeException refusedUpdate(SQLException e, Plan.Update plan) throws SQLException {
    Plan.UpdateShape shape = plan.shape();
    Map<String, Value> sent = new HashMap<>();
    for (Plan.Assignment assignment : shape.assignments())
      if (assignment.value() != null)
        sent.put(assignment.column().name(), plan.values().get(assignment.value().slot()));
    if (Errors.code(e) == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY) {
      RuntimeException referenced =
          foreignKeys.referenced(plan, shape.table(), shape.policy(), shape.where(), sent.keySet());
      if (referenced == null) referenced = foreignKeys.absent(plan, shape.table(), sent);
      return referenced != null ? referenced : ForeignKeys.unknown(shape.table());
    }
    return refused(e, model, shape.table(), sent);
  }

  RuntimeException refusedDelete(SQLException e, Plan.Delete plan) throws SQLException {
    Plan.DeleteShape shape = plan.shape();
    if (Errors.code(e) == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY) {
      RuntimeException referenced =
          foreignKeys.referenced(plan, shape.table(), shape.policy(), shape.where(), null);
      return referenced != null ? referenced : ForeignKeys.unknown(shape.table());
    }
    return refused(e, model, shape.table(), Map.of());
  }

  /// The same, where it is not known what was sent.
  RuntimeException refused(SQLException e, TableName table) {
    return refused(e, model, table, Map.of());
  }

  /// A constraint other than a foreign key; anything else that may have gone wrong, too.
  static RuntimeException refused(
      SQLException e, Model model, TableName name, Map<String, Value> sent) {
    String text = String.valueOf(e.getMessage());
    int from = text.lastIndexOf("constraint failed: ");
    String what =
        from < 0 ? "" : text.substring(from + "constraint failed: ".length(), text.length() - 1);
    return switch (Errors.code(e)) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
          taken(model, name, what, sent);
      case SQLITE_CONSTRAINT_NOTNULL ->
          notNull(what.substring(SqliteDialect.plainName(name).length() + 1), name.name());
      case SQLITE_CONSTRAINT_CHECK ->
          new ProblemException(
              new ConstraintViolated(
                  Kind.CHECK,
                  "new row for relation \"%s\" violates check constraint \"%s\""
                      .formatted(name.name(), what),
                  null));
      // Values are of their column's type, and a NaN is text (see Storage).
      case SQLITE_CONSTRAINT_DATATYPE ->
          new ProblemException(new Problem.Unsupported("storing NaN in SQLite"));
      default -> Errors.translate(e);
    };
  }

  static ProblemException notNull(String column, String table) {
    return new ProblemException(
        new ConstraintViolated(
            Kind.NOT_NULL,
            "null value in column \"%s\" of relation \"%s\" violates not-null constraint"
                .formatted(column, table),
            null));
  }

  /// `Key (id)=(1)`, or null when one of the values was not sent: it may be of a row that the
  /// caller does not know.
  static @Nullable String key(Table table, List<String> columns, Map<String, Value> sent) {
    StringBuilder values = new StringBuilder();
    for (String column : columns) {
      Value value = sent.get(column);
      if (value == null || value instanceof Value.Null) return null;
      if (!values.isEmpty()) values.append(", ");
      values.append(ValueText.text(Objects.requireNonNull(table.column(column)).type(), value));
    }
    return "Key (%s)=(%s)".formatted(String.join(", ", columns), values);
  }

  private static ProblemException taken(
      Model model, TableName name, String what, Map<String, Value> sent) {
    Table table = Objects.requireNonNull(model.table(name));
    String constraint = name.name() + "_pkey";
    List<String> columns = table.primaryKey();
    if (!what.equals(listed(name, columns))) {
      for (Table.Unique unique : table.uniques())
        if (what.equals(listed(name, unique.columns()))) {
          constraint = unique.name();
          columns = unique.columns();
        }
      for (Index index : table.indexes()) {
        List<String> parts = index.parts().stream().map(Index.Part::column).toList();
        if (index.unique() && what.equals(listed(name, parts))) {
          constraint = index.name();
          columns = parts;
        }
      }
    }
    String key = key(table, columns, sent);
    return new ProblemException(
        new ConstraintViolated(
            Kind.UNIQUE,
            "duplicate key value violates unique constraint \"%s\"".formatted(constraint),
            key == null ? null : key + " already exists."));
  }

  /// As SQLite lists the columns of a key that is taken.
  private static String listed(TableName table, List<String> columns) {
    String prefix = SqliteDialect.plainName(table) + ".";
    return prefix + String.join(", " + prefix, columns);
  }

  static List<ForeignKey> referring(Table table, TableName target) {
    return table.foreignKeys().stream().filter(key -> key.target().equals(target)).toList();
  }
}
