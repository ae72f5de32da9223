package dev.mainstay.core.observe;

/// Something a stage of a request did, and the nanoseconds it took. Carries no value a client sent:
/// no query string, no secret, no row.
public sealed interface Observation {
  long nanos();

  /// The caller is known, and acts as `role`.
  record Authenticated(String role, long nanos) implements Observation {}

  /// The request is read into what it asks for.
  record Parsed(long nanos) implements Observation {}

  /// What it asks for is settled against the model and the policies.
  record Planned(long nanos) implements Observation {}

  /// A statement ran. `sql` has placeholders where values go.
  record Ran(String sql, long nanos) implements Observation {}

  /// The engine is done with the plan; all of its statements and waiting included.
  record Executed(int rows, long nanos) implements Observation {}

  /// The answer is made.
  record Rendered(long nanos) implements Observation {}
}
