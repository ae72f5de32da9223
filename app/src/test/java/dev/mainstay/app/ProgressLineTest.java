package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final StringWriter out = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(5);

  private ProgressLine line(long size, boolean isTerminal) {
    return new ProgressLine("people.csv", size, isTerminal, new PrintWriter(out), nanos::get);
  }

  private void after(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }

  @Test
  void onATerminalItIsOneLineThatChangesAndGoes() {
    ProgressLine line = line(1000, true);
    line.at(0, 0);
    assertThat(out.toString()).isEmpty();
    after(0.5);
    line.at(20_000, 250);
    after(0.05);
    line.at(21_000, 260);
    assertThat(out.toString())
        .isEqualTo(
            "\rpeople.csv  [#####               ] 25 %  20,000 rows, 40,000/s, 2 s left"
                + " ".repeat(7));
    line.end();
    assertThat(out.toString()).endsWith("\r" + " ".repeat(79) + "\r");
  }

  @Test
  void elsewhereItIsALineNowAndThen() {
    ProgressLine line = line(0, false);
    line.at(500, 10);
    after(5);
    line.at(1000, 20);
    after(6);
    line.at(11_500, 30);
    line.end();
    assertThat(out.toString()).isEqualTo("people.csv  11,500 rows, 1,000/s\n");
  }
}
