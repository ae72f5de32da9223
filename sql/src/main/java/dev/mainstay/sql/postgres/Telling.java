package dev.mainstay.sql.postgres;

import dev.mainstay.core.plan.Caller;

/// What a database is told of the caller that a statement is for.
enum Telling {
  NOTHING,
  /// The caller's claims, of which SQL of the user's own asks.
  CLAIMS,
  /// All of it: statements run as the caller's role, and the database makes the response.
  EVERYTHING;

  /// Whether the database decides what the caller may do, and what the response is.
  boolean isGuarding(Caller caller) {
    return this == EVERYTHING && caller instanceof Caller.Outside;
  }
}
