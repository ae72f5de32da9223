package dev.mainstay.sql.postgres;

import dev.mainstay.sql.Alterations;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Transition;
import java.util.List;

/// PostgreSQL changes its tables in one transaction. Before it, new labels are added to enums; what
/// takes long on a large table and can be done beside the work of others follows it.
public final class PostgresAlterations implements Alterations {
  private static final long LARGE = 100_000;

  private final long large;

  public PostgresAlterations() {
    this(LARGE);
  }

  /// @param large how many rows a table has at most for its indexes, checks and foreign keys to be
  ///   made while others wait
  public PostgresAlterations(long large) {
    this.large = large;
  }

  @Override
  public Alteration of(Transition transition, Installation database) {
    return new Alteration(new Altering(transition, database, large).steps(), List.of());
  }
}
