package dev.mainstay.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.backup.BackupName.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackupNameTest {
  private static final Instant MADE = Instant.parse("2026-01-31T23:59:59Z");

  @Test
  void saysWhenOfWhichModelAndWhy() {
    assertThat(new BackupName(MADE, 3, Kind.ASKED, 1).file())
        .isEqualTo("mainstay-20260131T235959Z-v3.zip");
    assertThat(new BackupName(MADE, 12, Kind.SCHEDULED, 2).file())
        .isEqualTo("mainstay-20260131T235959Z-v12-scheduled.2.zip");
    assertThat(new BackupName(MADE, 3, Kind.BEFORE_LOSS, 1).file())
        .isEqualTo("mainstay-20260131T235959Z-v3-before-loss.zip");
  }

  @Test
  void isReadAsItWasWritten() {
    for (Kind kind : Kind.values())
      for (int number : new int[] {1, 2, 40}) {
        BackupName name = new BackupName(MADE, 7, kind, number);
        assertThat(BackupName.read(name.file())).isEqualTo(name);
      }
  }

  @Test
  void isNothingElse() {
    for (String other :
        List.of(
            "mainstay-20260131T235959Z-v3.zip.partial",
            "mainstay-20260131T235959Z-v3-nightly.zip",
            "mainstay-20261331T235959Z-v3.zip",
            "mainstay-20260131T235959Z.zip",
            "old-mainstay-20260131T235959Z-v3.zip",
            "mainstay.zip")) assertThat(BackupName.read(other)).as(other).isNull();
  }
}
