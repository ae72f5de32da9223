package dev.mainstay.api.http;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;

/// One connection between requests: it must bring the next head in time. Belongs to its event loop.
final class Connection implements Watch.Waiting {
  private final HttpConnection connection;
  private final EdgeSettings.Patience patience;
  private int open;
  private long deadline;

  Connection(HttpConnection connection, EdgeSettings.Patience patience) {
    this.connection = connection;
    this.patience = patience;
    this.deadline = System.nanoTime() + patience.head().toNanos();
  }

  void requestBegins() {
    open++;
    deadline = Long.MAX_VALUE;
  }

  void responseEnds() {
    open--;
    if (open == 0) deadline = System.nanoTime() + patience.idle().toNanos();
  }

  /// Ends it once what is under way on it is answered.
  void leave() {
    connection.shutdown(patience.idle().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void expire() {
    connection.close();
  }
}
