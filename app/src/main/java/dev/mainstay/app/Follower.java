package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.InForce;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.ModelDiff;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.ModelText;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.read.Reading;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.AppliedModels;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the model that the database has: takes up the newest of its ledger, whoever has applied
/// it. A model that cannot be served leaves the one before in force.
final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /// How far apart looks are that requests ask for.
  private static final Duration GLANCES = Duration.ofMillis(100);

  private final Config config;
  private final Store store;
  private final InForce inForce;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private Current current;

  /// The newest version that was found not to be servable, and is not tried again.
  private long refused;

  /// Whether the database was away when it was last asked.
  private boolean isAway;

  /// Whether what it held then could not be served.
  private boolean isUnfit;

  /// What the database held when it was last looked through; empty for one whose tables the model
  /// declares.
  private String shape = "";

  /// When that was last asked because a request did not fit, in nanoseconds.
  private long glanced = System.nanoTime() - GLANCES.toNanos();

  /// A model that is served.
  ///
  /// @param version as in the database's ledger
  private record Current(long version, Backend backend) {}

  private Follower(Config config, Store store, InForce inForce, Current first) {
    this.config = config;
    this.store = store;
    this.inForce = inForce;
    this.current = first;
  }

  /// Begins with the model that is served already, of which the ledger has the newest.
  static Follower of(Config config, Store store, InForce inForce, Backend served) {
    AppliedModels.Mark mark = Objects.requireNonNull(store.ledger().mark());
    // Of another process that has applied its own since, there is the checksum to tell.
    boolean isNewest = mark.checksum().equals(served.checksum());
    long version = isNewest ? mark.version() : mark.version() - 1;
    return new Follower(config, store, inForce, new Current(version, served));
  }

  /// Looks for a newer model again and again, until it is closed.
  Follower started(Duration every) {
    thread =
        Thread.ofPlatform()
            .name("follower")
            .daemon(true)
            .start(
                () -> {
                  while (!isClosing(every)) follow();
                });
    return this;
  }

  private boolean isClosing(Duration most) {
    try {
      return closing.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /// The version of the model that is served.
  synchronized long version() {
    return current.version();
  }

  /// Looks, for a request that did not fit, whether the tables are others by now; not more often
  /// than that is worth.
  synchronized void glance() {
    if (current.backend().from() == Reading.From.FILE) return;
    if (System.nanoTime() - glanced < GLANCES.toNanos()) return;
    follow();
    glanced = System.nanoTime();
  }

  /// Takes up a newer model, if there is one, and what others have made of the tables, where they
  /// are the database's own; logs what it comes to.
  synchronized void follow() {
    followModel();
    followShape();
  }

  private String shape(Backend backend) {
    return switch (backend.from()) {
      case FILE -> "";
      case DATABASE -> store.requireInventory().mark();
    };
  }

  private void followShape() {
    try {
      String now = shape(current.backend());
      if (now.equals(shape)) return;
      String before = ModelText.checksum(inForce.now().planner().catalog().model());
      Served next = Wiring.served(config, current.backend(), store);
      // Not before it can be served: what is wrong now may be right when it is looked at again.
      shape = now;
      if (ModelText.checksum(next.planner().catalog().model()).equals(before)) return;
      inForce.change(() -> next);
      LOG.info("the database's tables have changed, and are served as they are now");
    } catch (ProblemException e) {
      if (!isAway) LOG.warn("the database does not say what it holds: {}", e.getMessage());
      isAway = true;
    } catch (RuntimeException e) {
      if (!isUnfit) LOG.error("the database cannot be served as it is now", e);
      isUnfit = true;
      return;
    }
    isUnfit = false;
  }

  private void followModel() {
    AppliedModels.Mark newest = null;
    try {
      newest = store.ledger().mark();
      isAway = false;
      if (newest == null || newest.version() == current.version() || newest.version() == refused)
        return;
      if (newest.format() > Applied.FORMAT) throw new Sorry("a newer program has applied it");
      inForce.change(() -> newest(current.backend()));
      LOG.info("version {} of the model was applied, and is served", current.version());
      if (!isTheFile())
        LOG.warn(
            "{} says something else than version {}, which the database has and which is served",
            config.model().normalize(),
            current.version());
    } catch (ProblemException e) {
      if (!isAway) LOG.warn("the database does not say which model it has: {}", e.getMessage());
      isAway = true;
    } catch (RuntimeException e) {
      refused = newest == null ? 0 : newest.version();
      LOG.error(
          "the newest model of the database, version {}, cannot be served; version {} still is",
          refused,
          current.version(),
          e);
    }
  }

  /// What is served of the newest model; from here on it is the one that is followed.
  ///
  /// @param known a model that it may be, and which then need not be read
  private Served newest(Backend known) {
    Applied newest = Objects.requireNonNull(store.ledger().newest());
    Backend backend =
        newest.checksum().equals(known.checksum())
            ? known
            : Backend.of("version " + newest.version(), newest.source());
    Served served = Wiring.served(config, backend, store);
    current = new Current(newest.version(), backend);
    return served;
  }

  /// Whether the model file says what is served.
  private boolean isTheFile() {
    try {
      return Backend.text(config.model()).equals(current.backend().source().text());
    } catch (Sorry e) {
      return false;
    }
  }

  /// What a saved model file came to.
  sealed interface Saved {
    /// It says what is served already.
    record Same() implements Saved {}

    /// It is served.
    ///
    /// @param changes of the model
    /// @param migration what was done to the tables, or null when they stay as they are
    record Taken(List<Change> changes, @Nullable Migration migration) implements Saved {
      public Taken {
        changes = List.copyOf(changes);
      }
    }

    /// It is for somebody to apply.
    record Left(Migration migration) implements Saved {}
  }

  /// Serves a model as it was saved: at once when the tables stay, after changing them when that is
  /// harmless, and otherwise not.
  ///
  /// @throws ModelException and
  /// @throws StoreException when it cannot be; what was served before is served still
  synchronized Saved save(Backend backend) {
    follow();
    if (backend.checksum().equals(current.backend().checksum())) return new Saved.Same();
    Wiring.requireServable(config, backend);
    List<Change> changes = ModelDiff.between(current.backend().own(), backend.own());
    if (changes.stream().allMatch(Change::harmless)) {
      change(backend, () -> store.install(backend, config.model()));
      return new Saved.Taken(changes, null);
    }
    Migration migration = store.plan(backend, config.model());
    if (!migration.isHarmless()) return new Saved.Left(migration);
    change(backend, () -> store.apply(backend, config.model(), /* mayLose= */ false));
    return new Saved.Taken(changes, migration);
  }

  private void change(Backend backend, Runnable work) {
    try {
      inForce.change(
          () -> {
            work.run();
            return newest(backend);
          });
    } finally {
      // Of what failed, a part may have been committed.
      follow();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread != null) thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
