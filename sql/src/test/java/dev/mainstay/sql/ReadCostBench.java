package dev.mainstay.sql;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.sql.postgres.PostgresThings;
import dev.mainstay.sql.sqlite.SqliteThings;
import dev.mainstay.testkit.Backend;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What twenty rows cost when the table grows a thousandfold; `docs/performance.md` says how to run
/// it. Prints medians and their ratio, and asserts nothing.
class ReadCostBench {
  private static final int SMALL = 10_000;
  private static final int LARGE = Integer.getInteger("rows", 10_000_000);
  private static final int WARM_UP = 500;
  private static final int RUNS = 1_000;

  @Test
  void sqlite() {
    try (Backend small = SqliteThings.open(SMALL);
        Backend large = SqliteThings.open(LARGE)) {
      compare("SQLite", small, large);
    }
  }

  @Test
  void postgres() {
    try (Backend small = PostgresThings.open(SMALL);
        Backend large = PostgresThings.open(LARGE)) {
      compare("PostgreSQL", small, large);
    }
  }

  private static void compare(String engine, Backend small, Backend large) {
    for (Things.Page page : Things.PAGES) {
      // In turns, so that what else the machine does falls on both.
      Random random = new Random(1);
      long[] few = new long[RUNS];
      long[] many = new long[RUNS];
      for (int i = -WARM_UP; i < RUNS; i++) {
        double place = random.nextDouble() / 2 + 0.25;
        long one = nanos(small, page, (long) (place * SMALL));
        long other = nanos(large, page, (long) (place * LARGE));
        if (i < 0) continue;
        few[i] = one;
        many[i] = other;
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.0f µs | %.0f µs | %.2f |%n",
          engine,
          page,
          median(few),
          median(many),
          median(many) / median(few));
    }
  }

  private static long nanos(Backend backend, Things.Page page, long first) {
    Caller caller = page.caller();
    long start = System.nanoTime();
    int rows = backend.rows(caller, page.from(first).from("things")).rows().size();
    long nanos = System.nanoTime() - start;
    if (rows == 0) throw new IllegalStateException("nothing was read");
    return nanos;
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1_000.0;
  }
}
