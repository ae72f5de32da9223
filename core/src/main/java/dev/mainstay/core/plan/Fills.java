package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// The fills that no database makes alike, so that plans carry them as values: ordered UUIDs and
/// the caller's id.
final class Fills {
  private final InstantSource clock;
  private final RandomGenerator random;

  Fills(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  boolean supplies(Fill fill) {
    return fill instanceof Fill.OrderedUuid || fill instanceof Fill.AuthUid;
  }

  Value fill(Column column, Caller caller) {
    return switch (column.fill()) {
      case Fill.OrderedUuid() -> new Value.Uuid(orderedUuid());
      case Fill.AuthUid() -> authUid(column, caller);
      case Fill.Nothing _,
          Fill.Literal _,
          Fill.Now _,
          Fill.RandomUuid _,
          Fill.Identity _,
          Fill.Generated _,
          Fill.Existing _,
          Fill.Computed _ ->
          throw new IllegalStateException("the engine fills " + column.name());
    };
  }

  private static Value authUid(Column column, Caller caller) {
    String uid = caller instanceof Caller.Outside(_, Claims claims) ? claims.uid() : null;
    if (uid == null) return Value.NULL;
    try {
      return ValueReader.read(column.type(), uid);
    } catch (ProblemException unreadable) {
      // A claim that is no value of the column's type is unknown, as in a policy.
      return Value.NULL;
    }
  }

  /// Version 7 of RFC 9562: 48 bits of milliseconds, then random bits.
  private UUID orderedUuid() {
    long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
