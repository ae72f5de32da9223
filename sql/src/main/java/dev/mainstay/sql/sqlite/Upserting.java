package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.SelfReferences;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// Writes the rows of one plan whose keys may be taken: each is inserted unless a row is there
/// already, and that row is then overwritten or left.
///
/// Several statements, so that it is known which it was: SQLite does not tell. A number that an
/// identity gives is used up by each that tries to insert, as on PostgreSQL; so what is known to be
/// there is not tried as new.
final class Upserting {
  private final Table table;
  private final SqlCompiler compiler;
  private final Constraints constraints;
  private final Session session;
  private final Plan.Insert plan;
  private final Statements.Insert statements;
  private final Statements.Upsert upsert;
  private final Arguments arguments;
  private final Plan.InsertShape inserting;
  private final boolean merges;
  private final List<ColumnType> types;

  Upserting(
      Model model,
      SqlCompiler compiler,
      Constraints constraints,
      Session session,
      Plan.Insert plan,
      Statements.Insert statements,
      Statements.Upsert upsert,
      Arguments arguments) {
    this.table = Objects.requireNonNull(model.table(plan.shape().table()));
    this.compiler = compiler;
    this.constraints = constraints;
    this.session = session;
    this.plan = plan;
    this.statements = statements;
    this.upsert = upsert;
    this.arguments = arguments;
    this.inserting = plan.shape().leavingConflicts();
    this.merges = !Objects.requireNonNull(plan.shape().conflict()).merge().isEmpty();
    this.types = Statements.types(plan.shape().key());
  }

  /// The keys of the rows written, in the order in which the rows were given, and by what happened
  /// to them.
  record Done(List<List<Value>> keys, List<List<Value>> inserted, List<List<Value>> merged) {}

  /// What became of one row.
  private record Outcome(List<Value> key, boolean isNew) {}

  Done done() throws SQLException {
    for (Plan.Row row : plan.rows()) Inserting.requireKey(plan, row, table);
    Done done = new Done(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Outcome outcome : outcomes()) {
      if (outcome == null) continue;
      done.keys.add(outcome.key);
      (outcome.isNew ? done.inserted : done.merged).add(outcome.key);
    }
    return done;
  }

  /// Null for a row that was left out. Rows of a table that refers to itself may refer to each
  /// other in any order: those that refer to nothing yet are tried again after the others.
  private List<@Nullable Outcome> outcomes() throws SQLException {
    @Nullable Outcome[] outcomes = new Outcome[plan.rows().size()];
    SelfReferences references = new SelfReferences(plan, table);
    List<Integer> refused = new ArrayList<>();
    for (int place : Inserting.places(plan)) {
      try {
        outcomes[place] = outcome(plan.rows().get(place));
      } catch (SQLException e) {
        if (references.areNone() || Errors.code(e) != SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY)
          throw constraints.refusedInsert(e, plan, plan.rows().get(place));
        refused.add(place);
      }
    }
    for (int place : references.eldersFirst(refused)) {
      try {
        outcomes[place] = outcome(plan.rows().get(place));
      } catch (SQLException e) {
        throw constraints.refusedInsert(e, plan, plan.rows().get(place));
      }
    }
    return Arrays.asList(outcomes);
  }

  private @Nullable Outcome outcome(Plan.Row row) throws SQLException {
    BitSet named = Inserting.named(row);
    Arguments cells = arguments.withCells(row.cells());
    boolean isThere = merges && upsert.taken() != null && session.isAny(upsert.taken(), cells);
    if (!isThere) {
      Sql insert = statements.inserts().of(named, n -> insert(inserting, n));
      List<List<Value>> inserted = session.values(insert, cells, types);
      if (!inserted.isEmpty()) return new Outcome(inserted.getFirst(), true);
    }
    if (merges) {
      List<List<Value>> merged =
          session.values(upsert.merges().of(named, n -> insert(plan.shape(), n)), cells, types);
      // The row that is there may not be overwritten, or that one not be inserted.
      if (merged.isEmpty()) throw Writing.violated(plan.shape());
      return new Outcome(merged.getFirst(), false);
    }
    if (upsert.refused() != null && session.isAny(upsert.refused().of(named, this::refused), cells))
      throw Writing.violated(plan.shape());
    return null;
  }

  private Sql insert(Plan.InsertShape shape, BitSet named) {
    return Statements.insert(shape, named, table, 1, compiler);
  }

  private Sql refused(BitSet named) {
    return Statements.refused(plan.shape(), named, table, compiler);
  }
}
