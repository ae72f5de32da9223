package dev.mainstay.sql;

import dev.mainstay.core.model.TableName;
import org.jspecify.annotations.Nullable;

/// The tables an expression can speak of, from the inside out, each by the alias it has in the
/// statement. An alias of `""` stands for bare column names, as DDL has them.
///
/// @param table that a row of it is like
record Scope(String alias, TableName table, @Nullable Scope outer, Origin origin) {
  enum Origin {
    TABLE,
    /// What a function returns: the user's SQL, which need not keep what the table promises.
    FUNCTION,
    /// What a statement has written, as far as a query around it speaks of that.
    WRITTEN
  }

  Scope(String alias, TableName table, @Nullable Scope outer) {
    this(alias, table, outer, Origin.TABLE);
  }

  Scope up(int steps) {
    Scope at = this;
    for (int i = 0; i < steps; i++) {
      if (at.outer == null) throw new IllegalStateException("no table " + steps + " up: " + this);
      at = at.outer;
    }
    return at;
  }
}
