package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.SqlCompiler;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the foreign key that a refused write would have broken, by asking the database as it was
/// before the write.
final class ForeignKeys {
  private final Model model;
  private final SqlCompiler compiler;
  private final Session session;
  private final Instant now;

  ForeignKeys(Model model, SqlCompiler compiler, Session session, Instant now) {
    this.model = model;
    this.compiler = compiler;
    this.session = session;
    this.now = now;
  }

  /// The first key of the table whose values were sent and stand in no row of its target.
  @Nullable RuntimeException absent(Plan plan, TableName name, Map<String, Value> sent)
      throws SQLException {
    Table table = table(name);
    for (ForeignKey key : table.foreignKeys()) {
      String values = Constraints.key(table, key.columns(), sent);
      if (values == null || isThere(plan, key, sent)) continue;
      return violated(
          "insert or update on table \"%s\" violates foreign key constraint \"%s\""
              .formatted(name.name(), key.name()),
          "%s is not present in table \"%s\".".formatted(values, key.target().name()));
    }
    return null;
  }

  /// The first key, of any table, that refers to one of the rows.
  ///
  /// @param changed the columns to be overwritten, or null when the rows are to be deleted
  @Nullable RuntimeException referenced(
      Plan plan, TableName name, Filter policy, Filter where, @Nullable Set<String> changed)
      throws SQLException {
    Table table = table(name);
    for (Table other : model.tables()) {
      for (ForeignKey key : Constraints.referring(other, name)) {
        OnChange action = changed == null ? key.onDelete() : key.onUpdate();
        if (action != OnChange.NO_ACTION && action != OnChange.RESTRICT) continue;
        if (changed != null && key.targetColumns().stream().noneMatch(changed::contains)) continue;
        List<Expr.Column> columns = columns(table, key.targetColumns());
        Filter found = Filter.and(where, new Filter.Exists(back(other, key), Filter.TRUE));
        List<List<Value>> rows =
            session.values(
                compiler.keys(name, columns, policy, found),
                Arguments.of(plan, now),
                types(columns));
        if (rows.isEmpty()) continue;
        Map<String, Value> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++)
          values.put(columns.get(i).name(), rows.getFirst().get(i));
        return violated(
            "update or delete on table \"%s\" violates foreign key constraint \"%s\" on table \"%s\""
                .formatted(name.name(), key.name(), other.name().name()),
            "%s is still referenced from table \"%s\"."
                .formatted(
                    Constraints.key(table, key.targetColumns(), values), other.name().name()));
      }
    }
    return null;
  }

  /// A key that could not be told: one that a cascade would have broken.
  static ProblemException unknown(TableName table) {
    return violated(
        "update or delete on table \"%s\" violates a foreign key constraint"
            .formatted(table.name()),
        null);
  }

  private boolean isThere(Plan plan, ForeignKey key, Map<String, Value> sent) throws SQLException {
    List<Expr.Column> columns = columns(table(key.target()), key.targetColumns());
    List<Expr.Column> from = columns(table(plan.shape().table()), key.columns());
    return session.isAny(
        compiler.keys(key.target(), columns, Filter.TRUE, equal(columns, from, sent)),
        Arguments.of(plan, now));
  }

  /// That the columns hold what was sent for others.
  static Filter equal(List<Expr.Column> columns, List<Expr.Column> from, Map<String, Value> sent) {
    List<Filter> equal = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Value value = sent.getOrDefault(from.get(i).name(), Value.NULL);
      ColumnType type = columns.get(i).type();
      equal.add(
          new Filter.Test(
              columns.get(i), Operator.EQ, Quantifier.ONE, new Expr.Literal(value, type)));
    }
    return new Filter.And(equal);
  }

  private static Link back(Table other, ForeignKey key) {
    List<Link.Pair> pairs = new ArrayList<>();
    List<Expr.Column> to = columns(other, key.columns());
    for (int i = 0; i < to.size(); i++)
      pairs.add(
          new Link.Pair(
              new Expr.Column(0, key.targetColumns().get(i), to.get(i).type()), to.get(i)));
    return new Link(other.name(), pairs, null);
  }

  private Table table(TableName name) {
    return Objects.requireNonNull(model.table(name));
  }

  private static List<Expr.Column> columns(Table table, List<String> names) {
    return names.stream()
        .map(name -> new Expr.Column(0, name, Objects.requireNonNull(table.column(name)).type()))
        .toList();
  }

  private static List<ColumnType> types(List<Expr.Column> columns) {
    return columns.stream().map(Expr.Column::type).toList();
  }

  private static ProblemException violated(String message, @Nullable String details) {
    return new ProblemException(new ConstraintViolated(Kind.FOREIGN_KEY, message, details));
  }
}
