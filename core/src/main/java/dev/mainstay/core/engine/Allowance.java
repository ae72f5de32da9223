package dev.mainstay.core.engine;

import dev.mainstay.core.observe.Observer;
import java.time.Duration;

/// What an engine may use for one request, whom it tells what it did, and what the request is.
///
/// @param statementTimeout after which the statement is cancelled with `57014`
/// @param lease where the bytes of the answer are counted
public record Allowance(
    Duration statementTimeout, ByteBudget.Lease lease, Observer observer, Occasion occasion) {
  /// For work that no client asked for.
  public Allowance(Duration statementTimeout, ByteBudget.Lease lease, Observer observer) {
    this(statementTimeout, lease, observer, Occasion.NONE);
  }

  public Allowance on(Occasion other) {
    return new Allowance(statementTimeout, lease, observer, other);
  }
}
