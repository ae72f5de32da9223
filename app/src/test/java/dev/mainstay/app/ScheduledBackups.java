package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// A server that makes backups by itself.
abstract class ScheduledBackups extends BackupProject {
  private static final Map<String, String> HOURLY = Map.of("backup.every", "1h");

  @Test
  void aServerMakesThemAndDoesNotBeginAnewWhenItIsRestarted() throws Exception {
    String made;
    try (Running running = serve("a", HOURLY)) {
      Await.until(() -> age(running) >= 0);
      made = done("backup --list a");
      assertThat(made).containsOnlyOnce("-v1-scheduled.zip");
      assertThat(running.get("/metrics", running.service()).body())
          .contains("mainstay_backup_failures_total 0.0");
    }
    try (Running running = serve("a", HOURLY)) {
      Await.until(() -> age(running) >= 0);
    }
    assertThat(done("backup --list a")).isEqualTo(made);
  }

  @Test
  void aServerWithoutThemShowsNothingOfThem() throws Exception {
    try (Running running = serve("a", Map.of())) {
      assertThat(running.get("/metrics", running.service()).body()).doesNotContain("backup");
    }
    assertThat(backups()).isEmpty();
  }

  @Test
  void aTimeThatIsTooShortIsAFault() {
    assertThat(run("serve --set backup.every=1s a").err())
        .startsWith("--set backup.every: 'backup.every' must be 1m or longer\n");
  }

  /// Of the newest backup, in seconds; not a number when there is none.
  private static double age(Running running) {
    try {
      return running
          .get("/metrics", running.service())
          .body()
          .lines()
          .filter(line -> line.startsWith("mainstay_backup_age_seconds "))
          .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".* ", "")))
          .findFirst()
          .orElseThrow();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
