package dev.mainstay.app.backup;

import dev.mainstay.sql.StoreException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes backups when they are due: so long after the newest that is in the folder, whoever has
/// made that. So a restart neither leaves one out nor makes one twice.
public final class BackupSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);

  /// How long after a failure it is tried again, unless the next is due sooner.
  static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  /// The folder and the clock are looked at so often, since others may change both.
  private static final Duration LOOK = Duration.ofMinutes(1);

  private static final Duration STOP = Duration.ofSeconds(10);

  private final Backups backups;
  private final Duration every;
  private final int keep;
  private final InstantSource clock;
  private final AtomicLong failures = new AtomicLong();
  private final AtomicReference<@Nullable Instant> newest = new AtomicReference<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "backups");
  private @Nullable Instant retry;

  /// @param keep how many stay in the folder
  public BackupSchedule(Backups backups, Duration every, int keep, InstantSource clock) {
    this.backups = backups;
    this.every = every;
    this.keep = keep;
    this.clock = clock;
  }

  /// Begins, on a thread of its own: an engine's copying holds one for long.
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      Duration pause;
      do {
        pause = turn();
        if (pause.compareTo(LOOK) > 0) pause = LOOK;
      } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      // Told to stop while it waited.
    }
  }

  /// Makes a backup if one is due.
  ///
  /// @return how long it is until the next one
  Duration turn() {
    Instant now = clock.instant();
    try {
      Instant last = backups.newest(now);
      newest.set(last);
      Instant due = last == null ? now : last.plus(every);
      if (retry != null && due.isBefore(retry)) due = retry;
      if (due.isAfter(now)) return Duration.between(now, due);
      make();
      retry = null;
      return every;
    } catch (StoreException e) {
      return failed(now, e.getMessage(), null);
    } catch (RuntimeException e) {
      return failed(now, "a bug", e);
    }
  }

  private void make() {
    long start = System.nanoTime();
    Backup made = backups.make(BackupName.Kind.SCHEDULED);
    newest.set(made.name().made());
    double seconds = (System.nanoTime() - start) / 1e9;
    LOG.info(
        "backup {} of {} bytes made in {} s",
        made.file(),
        made.bytes(),
        String.format(Locale.ROOT, "%.1f", seconds));
    Manifest manifest = made.manifest();
    if (manifest != null && manifest.orphans() > 0)
      LOG.warn(
          "the database has {} rows that refer to rows that are not there", manifest.orphans());
    try {
      for (Backup old : backups.prune(keep)) LOG.info("backup {} removed", old.file());
    } catch (StoreException e) {
      LOG.error("{}", e.getMessage());
    }
  }

  private Duration failed(Instant now, @Nullable String why, @Nullable RuntimeException bug) {
    if (stopping.getCount() == 0) return Duration.ZERO;
    failures.incrementAndGet();
    LOG.error("NO BACKUP was made: {}", why, bug);
    Duration pause = every.compareTo(AFTER_FAILURE) < 0 ? every : AFTER_FAILURE;
    retry = now.plus(pause);
    return pause;
  }

  /// Shows how it goes: the age of the newest backup in seconds, as of when the folder was last
  /// looked at, and how often none was made that was due.
  public void count(MeterRegistry registry) {
    Gauge.builder("mainstay.backup.age", this, BackupSchedule::age)
        .description("Since the newest backup that was due was made")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder("mainstay.backup.failures", failures, AtomicLong::get)
        .description("Backups that were due and could not be made")
        .register(registry);
  }

  private double age() {
    Instant made = newest.get();
    return made == null ? Double.NaN : Duration.between(made, clock.instant()).toMillis() / 1000.0;
  }

  /// Stops it. A copy that an engine is making is not waited for to its end.
  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
