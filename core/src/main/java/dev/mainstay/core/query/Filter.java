package dev.mainstay.core.query;

import dev.mainstay.core.model.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A typed condition on a row, in SQL's three-valued logic. Requests and policies compile to this
/// same type.
public sealed interface Filter {
  Constant TRUE = new Constant(Truth.TRUE);
  Constant FALSE = new Constant(Truth.FALSE);

  record Constant(Truth truth) implements Filter {}

  /// Empty is true.
  record And(List<Filter> all) implements Filter {
    public And {
      all = List.copyOf(all);
    }
  }

  /// Empty is false.
  record Or(List<Filter> any) implements Filter {
    public Or {
      any = List.copyOf(any);
    }
  }

  record Not(Filter filter) implements Filter {}

  /// With [Quantifier#ANY] or `ALL`, `right` is a list.
  record Test(Expr left, Operator operator, Quantifier quantifier, Expr right) implements Filter {}

  record IsNull(Expr value) implements Filter {}

  /// Never unknown.
  record Is(Filter condition, Truth truth) implements Filter {}

  /// A boolean value as a condition.
  record Holds(Expr condition) implements Filter {}

  /// Full-text search as the engine itself has it, in a text, JSON or a type of its own.
  ///
  /// @param language one of the engine's configurations by name, or null for its default
  record Search(Expr text, Grammar grammar, @Nullable Expr language, Expr query)
      implements Filter {}

  /// The innermost row's search document is what is looked for. Never unknown.
  ///
  /// @param query a `SearchQuery` as it is written
  record Finds(Table.Search document, Expr query) implements Filter {}

  /// Some row that `link` leads to makes `where` true. Inside `where`, `up` 0 is that row. Never
  /// unknown.
  record Exists(Link link, Filter where) implements Filter {}

  /// Both hold; leaves out what is always true.
  static Filter and(Filter one, Filter other) {
    if (one.equals(TRUE)) return other;
    if (other.equals(TRUE)) return one;
    if (one.equals(FALSE) || other.equals(FALSE)) return FALSE;
    return new And(List.of(one, other));
  }

  /// Either holds; leaves out what is always false.
  static Filter or(Filter one, Filter other) {
    if (one.equals(FALSE)) return other;
    if (other.equals(FALSE)) return one;
    if (one.equals(TRUE) || other.equals(TRUE)) return TRUE;
    return new Or(List.of(one, other));
  }
}
