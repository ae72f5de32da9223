package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Link;
import java.util.List;

/// What a part of an expression stands for. Constants and claims take the type of what they meet.
sealed interface Term {
  /// A value whose type is settled.
  record Typed(Expr expr) implements Term {
    ColumnType type() {
      return expr.type();
    }
  }

  /// A text.
  ///
  /// @param names when it is the caller's role: all roles; else empty
  record Text(String text, List<String> names) implements Term {
    Text(String text) {
      this(text, List.of());
    }
  }

  /// A number as written.
  record Numeral(String text) implements Term {
    boolean isWhole() {
      return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }
  }

  record Bytes(String hex) implements Term {}

  record Nothing() implements Term {}

  /// A claim of the caller; the empty path is all of them.
  record Claim(List<String> path) implements Term {}

  /// The caller, `auth`.
  record Auth() implements Term {}

  record Many(List<Term> items) implements Term {}

  /// A row by its name, `level` steps from the outermost.
  record Row(String name, Table table, int level) implements Term {}

  /// Rows reached from another by relations, of which only the last may lead to many.
  record Related(List<Link> path, Table table, boolean toOne, String name) implements Term {}

  /// A place inside a JSON value.
  record JsonPlace(Expr json, List<JsonStep> path) implements Term {}

  record Condition(Filter filter) implements Term {}
}
