package dev.mainstay.core.engine;

import dev.mainstay.core.observe.Observer;
import java.time.Duration;

/// What an engine may use for one request, and whom it tells what it did.
///
/// @param statementTimeout after which the statement is cancelled with `57014`
/// @param lease where the bytes of the answer are counted
public record Allowance(Duration statementTimeout, ByteBudget.Lease lease, Observer observer) {}
