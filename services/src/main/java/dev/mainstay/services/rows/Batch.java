package dev.mainstay.services.rows;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.problem.ProblemText;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.read.FileRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows on their way into a table within one unit of work. When the database refuses several rows
/// together they are tried in halves, so that only those are left out which it refuses alone: of
/// `n` rows with one bad among them that takes about `2 log n` statements, and never more than `2
/// n`.
final class Batch {
  /// Classes of SQLSTATE that speak of a row: its values, a key that is twice in one statement, a
  /// constraint, what a trigger raised, a size.
  private static final Set<String> OF_ROWS = Set.of("21", "22", "23", "P0", "54");

  private final Planner planner;
  private final Table table;
  private final ImportOptions.Taken taken;
  private final boolean mayWait;
  private final Engine.Unit unit;

  private long stored;
  private long left;
  private final List<Line.Aside> aside = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  /// @param mayWait whether a row that refers to none may do so to one that is still to come
  Batch(
      Planner planner, Table table, ImportOptions.Taken taken, boolean mayWait, Engine.Unit unit) {
    this.planner = planner;
    this.table = table;
    this.taken = taken;
    this.mayWait = mayWait;
    this.unit = unit;
  }

  /// Writes rows that have values. Those that name the same columns one after the other go
  /// together.
  void write(List<Line> lines) {
    int from = 0;
    for (int to = 1; to <= lines.size(); to++) {
      boolean goesOn = to < lines.size() && columns(lines.get(to)).equals(columns(lines.get(from)));
      if (goesOn) continue;
      attempt(lines.subList(from, to));
      from = to;
    }
  }

  long stored() {
    return stored;
  }

  /// How many were left out since their key was taken.
  long left() {
    return left;
  }

  /// Those that were refused.
  List<Line.Aside> aside() {
    return aside;
  }

  /// What is wrong with them, but for those that wait.
  List<Fault> faults() {
    return faults;
  }

  private void attempt(List<Line> lines) {
    try {
      Written written = unit.write(planner.restore(asked(lines), new Caller.Inside()));
      stored += written.count();
      left += lines.size() - written.count();
    } catch (ProblemException refused) {
      Problem problem = refused.problem();
      if (!isOfRows(problem)) throw refused;
      if (lines.size() == 1) {
        refuse(lines.getFirst(), problem);
        return;
      }
      int half = lines.size() / 2;
      attempt(lines.subList(0, half));
      attempt(lines.subList(half, lines.size()));
    }
  }

  private void refuse(Line line, Problem problem) {
    boolean waits =
        mayWait
            && problem instanceof Problem.ConstraintViolated violated
            && violated.kind() == Kind.FOREIGN_KEY;
    Fault fault = new Fault(row(line).position(), ProblemText.of(problem), null, null);
    if (!waits) faults.add(fault);
    aside.add(new Line.Aside(line, waits, Reasons.of(List.of(fault))));
  }

  private Asked.Insert asked(List<Line> lines) {
    List<List<Asked.Cell>> rows = new ArrayList<>(lines.size());
    for (Line line : lines) rows.add(row(line).cells());
    return new Asked.Insert(table.name(), columns(lines.getFirst()), rows, conflict(), null);
  }

  private Asked.@Nullable Conflict conflict() {
    return switch (taken) {
      case FAIL -> null;
      case SKIP -> new Asked.Conflict(List.of(), /* merge= */ false);
      case OVERWRITE -> new Asked.Conflict(List.of(), /* merge= */ true);
    };
  }

  private static List<String> columns(Line line) {
    return row(line).columns();
  }

  private static FileRow row(Line line) {
    return Objects.requireNonNull(line.row());
  }

  /// Whether it may have been one of the rows, and not the database itself.
  private static boolean isOfRows(Problem problem) {
    return problem instanceof Problem.ConstraintViolated
        || problem instanceof Problem.InvalidValue
        || problem instanceof Problem.ValueOutOfRange
        || problem instanceof Problem.Unsupported
        || (problem instanceof Problem.Database refused
            && refused.sqlState().length() == 5
            && OF_ROWS.contains(refused.sqlState().substring(0, 2)));
  }
}
