package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// A hot standby of the database, to be asked for what callers read. It shows a caller all that the
/// caller has written, and the tables as the model has them, or it is not asked.
///
/// Who has written up to where is known to this process alone.
final class Standby implements AutoCloseable {
  /// Callers whose last writes are remembered one by one.
  private static final int CALLERS = 10_000;

  /// How long it is left alone when it was not there.
  private static final Duration REST = Duration.ofSeconds(2);

  private final PostgresDatabase database;
  private final boolean showsOwnWrites;

  /// By who has written: how far the log went then.
  private final Map<Writer, Long> written =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Writer, Long> eldest) {
          if (size() <= CALLERS) return false;
          if (eldest.getValue() != Long.MAX_VALUE) least = Math.max(least, eldest.getValue());
          return true;
        }
      };

  /// How far each session's server had come when it was last asked. The sessions may be with
  /// several servers.
  private final Map<PGConnection, Long> replayed = Collections.synchronizedMap(new WeakHashMap<>());

  /// How far it must have come for anybody.
  private long least;

  private volatile long restsUntil = System.nanoTime();

  /// @param showsOwnWrites whether it is to show callers what they have written
  Standby(PostgresDatabase database, boolean showsOwnWrites) {
    this.database = database;
    this.showsOwnWrites = showsOwnWrites;
  }

  /// A session that shows the caller's writes, or null when there is none: the program itself reads
  /// what is so now.
  @Nullable Session session(Caller caller, Telling telling, Allowance allowance) {
    if (!(caller instanceof Caller.Outside outside) || restsUntil - System.nanoTime() > 0)
      return null;
    Session session;
    try {
      session = new Session(database, telling, allowance);
    } catch (ProblemException e) {
      rest();
      return null;
    }
    if (shows(session, needed(outside))) return session;
    session.close();
    return null;
  }

  private boolean shows(Session session, long needed) {
    if (replayed.getOrDefault(session.server(), -1L) >= needed) return true;
    try {
      long position = session.position();
      replayed.put(session.server(), position);
      return position >= needed;
    } catch (SQLException e) {
      rest();
      return false;
    }
  }

  /// Leaves it alone for a while.
  void rest() {
    restsUntil = System.nanoTime() + REST.toNanos();
  }

  /// Notes that the caller has written, and has committed that in the session.
  void wrote(Caller.Outside caller, Session session) {
    if (!showsOwnWrites) return;
    long position;
    try {
      position = session.position();
    } catch (SQLException e) {
      // It is committed, wherever that is: the caller reads where it has written.
      position = Long.MAX_VALUE;
    }
    synchronized (written) {
      written.merge(
          Writer.of(caller),
          position,
          (old, late) -> old == Long.MAX_VALUE ? late : Math.max(old, late));
    }
  }

  /// Notes that it must have come this far for anybody.
  void require(long position) {
    synchronized (written) {
      least = Math.max(least, position);
    }
  }

  private long needed(Caller.Outside caller) {
    synchronized (written) {
      Long own = written.get(Writer.of(caller));
      return own == null ? least : Math.max(least, own);
    }
  }

  int connectionsInUse() {
    return database.connectionsInUse();
  }

  @Override
  public void close() {
    database.close();
  }

  /// A caller, whatever its token says of time.
  private record Writer(String role, String who) {
    static Writer of(Caller.Outside caller) {
      String uid = caller.claims().uid();
      return new Writer(caller.role(), uid == null ? caller.claims().json() : uid);
    }
  }
}
