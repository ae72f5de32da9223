package dev.mainstay.app.testing;

import dev.mainstay.api.http.Loopback;
import dev.mainstay.api.http.Request;

/// Makes databases that hold the project's model and its first rows, with the API over each.
@FunctionalInterface
public interface Benches {
  /// One that nobody else has; called from several threads.
  Bench fresh();

  /// A database to be thrown away, and who answers requests of it.
  interface Bench extends AutoCloseable {
    Loopback.Answer ask(Request request);

    /// Throws it away.
    @Override
    void close();
  }
}
