package dev.mainstay.app;

import dev.mainstay.services.rows.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Tells on the error output how far a table has come: on a terminal in one line that changes, else
/// in a line now and then.
final class ProgressLine implements Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(100);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);
  private static final int BAR = 20;
  private static final int WIDTH = 79;

  private final String title;
  private final long size;
  private final boolean isTerminal;
  private final PrintWriter out;
  private final LongSupplier nanos;
  private final long started;
  private long told;
  private long first = -1;
  private long firstBytes;
  private boolean isShown;

  /// @param size of the file in bytes, or 0 when it is not known
  /// @param nanos a clock
  ProgressLine(String title, long size, boolean isTerminal, PrintWriter out, LongSupplier nanos) {
    this.title = title;
    this.size = size;
    this.isTerminal = isTerminal;
    this.out = out;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
    this.told = started;
  }

  @Override
  public void at(long rows, long bytes) {
    if (first < 0) {
      first = rows;
      firstBytes = bytes;
    }
    long now = nanos.getAsLong();
    if (now - told < (isTerminal ? ON_TERMINAL : ELSEWHERE).toNanos()) return;
    told = now;
    String line = line(rows, bytes, now);
    if (isTerminal) {
      out.print("\r" + padded(line));
      isShown = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /// Takes the changing line away.
  void end() {
    if (!isShown) return;
    out.print("\r" + " ".repeat(WIDTH) + "\r");
    out.flush();
    isShown = false;
  }

  private String line(long rows, long bytes, long now) {
    double seconds = Math.max(1e-9, (now - started) / 1e9);
    long rate = Math.round((rows - first) / seconds);
    String count = String.format(Locale.ROOT, "%,d rows, %,d/s", rows, rate);
    return title + "  " + share(bytes) + count + left(bytes, seconds);
  }

  /// How long the rest takes if it goes on like this.
  private String left(long bytes, double seconds) {
    if (size == 0 || bytes <= firstBytes) return "";
    double left = Math.max(0, size - bytes) * seconds / (bytes - firstBytes);
    if (left < 90) return ", %d s left".formatted(Math.round(left));
    return left < 90 * 60
        ? ", %d min left".formatted(Math.round(left / 60))
        : ", %d h left".formatted(Math.round(left / 3600));
  }

  private String share(long bytes) {
    if (size == 0) return "";
    int percent = (int) Math.min(100, 100 * bytes / size);
    int full = BAR * percent / 100;
    String bar = isTerminal ? "[" + "#".repeat(full) + " ".repeat(BAR - full) + "] " : "";
    return bar + percent + " %  ";
  }

  private static String padded(String line) {
    return line.length() > WIDTH
        ? line.substring(0, WIDTH)
        : line + " ".repeat(WIDTH - line.length());
  }
}
