package dev.mainstay.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.backup.BackupName.Kind;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.sqlite.SqliteDatabase;
import dev.mainstay.sql.sqlite.SqliteDdl;
import dev.mainstay.sql.sqlite.SqliteDialect;
import dev.mainstay.sql.sqlite.SqliteDumps;
import dev.mainstay.sql.sqlite.SqliteSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When backups are made and which of them stay, by a clock that the tests move.
final class BackupScheduleTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path home;
  private Path folder = Path.of("");
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  @BeforeEach
  void withADatabase() {
    folder = home.resolve("backups");
    make("data");
  }

  @Test
  void makesOneAtOnceAndThenEachTimeOneIsDue() {
    BackupSchedule schedule = schedule("data", 9);
    assertThat(schedule.turn()).isEqualTo(HOUR);
    pass(Duration.ofMinutes(59));
    assertThat(schedule.turn()).isEqualTo(Duration.ofMinutes(1));
    assertThat(files()).containsExactly("mainstay-20260301T000000Z-v1-scheduled.zip");
    pass(Duration.ofMinutes(1));
    assertThat(schedule.turn()).isEqualTo(HOUR);
    assertThat(files())
        .containsExactly(
            "mainstay-20260301T000000Z-v1-scheduled.zip",
            "mainstay-20260301T010000Z-v1-scheduled.zip");
  }

  @Test
  void goesOnFromTheNewestThereAfterARestart() {
    schedule("data", 9).turn();
    pass(Duration.ofMinutes(20));
    assertThat(schedule("data", 9).turn()).isEqualTo(Duration.ofMinutes(40));
    pass(Duration.ofHours(5));
    BackupSchedule schedule = schedule("data", 9);
    assertThat(schedule.turn()).isEqualTo(HOUR);
    assertThat(schedule.turn()).isEqualTo(HOUR);
    assertThat(files()).hasSize(2);
  }

  @Test
  void isNotMisledByWhatOthersHaveMadeOrAClockThatWasAhead() throws IOException {
    backups("data").make(Kind.ASKED);
    make("other");
    schedule("other", 9).turn();
    Files.writeString(folder.resolve("mainstay-20260301T000000Z-v9-scheduled.zip"), "no zip");
    pass(HOUR);
    schedule("data", 9).turn();
    pass(HOUR.negated());
    assertThat(schedule("data", 9).turn()).isEqualTo(HOUR);
    assertThat(files()).hasSize(5);
  }

  @Test
  void keepsSoManyOfItsOwnAndTouchesNoOthers() throws IOException {
    backups("data").make(Kind.ASKED);
    backups("data").make(Kind.BEFORE_LOSS);
    make("other");
    schedule("other", 1).turn();
    Files.writeString(folder.resolve("mainstay-20250101T000000Z-v1-scheduled.zip"), "no zip");
    Files.writeString(folder.resolve("notes.txt"), "");
    List<String> others = files();
    BackupSchedule schedule = schedule("data", 3);
    for (int i = 0; i < 6; i++) {
      pass(HOUR);
      schedule.turn();
    }
    assertThat(files()).hasSize(others.size() + 3).containsAll(others);
    assertThat(files())
        .contains(
            "mainstay-20260301T040000Z-v1-scheduled.zip",
            "mainstay-20260301T050000Z-v1-scheduled.zip",
            "mainstay-20260301T060000Z-v1-scheduled.zip");
  }

  @Test
  void keepsTheOldOneWhenNoNewOneCanBeMadeAndShowsIt() throws IOException {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    BackupSchedule schedule = schedule("data", 1);
    schedule.count(meters);
    assertThat(meters.get("mainstay.backup.age").gauge().value()).isNaN();
    schedule.turn();
    pass(HOUR);
    Path database = home.resolve("data/mainstay.db");
    Files.move(database, home.resolve("away"));
    assertThat(schedule.turn()).isEqualTo(BackupSchedule.AFTER_FAILURE);
    assertThat(schedule.turn()).isEqualTo(BackupSchedule.AFTER_FAILURE);
    assertThat(files()).containsExactly("mainstay-20260301T000000Z-v1-scheduled.zip");
    assertThat(meters.get("mainstay.backup.age").gauge().value()).isEqualTo(3600);
    assertThat(meters.get("mainstay.backup.failures").functionCounter().count()).isEqualTo(1);
    Files.move(home.resolve("away"), database);
    pass(BackupSchedule.AFTER_FAILURE);
    assertThat(schedule.turn()).isEqualTo(HOUR);
    assertThat(files()).containsExactly("mainstay-20260301T010500Z-v1-scheduled.zip");
    assertThat(meters.get("mainstay.backup.age").gauge().value()).isZero();
  }

  @Test
  void twoOfTheSameSecondAreBothThere() {
    Backups backups = backups("data");
    for (int i = 0; i < 3; i++) backups.make(Kind.ASKED);
    assertThat(files())
        .containsExactly(
            "mainstay-20260301T000000Z-v1.2.zip",
            "mainstay-20260301T000000Z-v1.3.zip",
            "mainstay-20260301T000000Z-v1.zip");
  }

  @Test
  void sweepsAwayWhatAKilledOneHasLeftADayLater() throws IOException {
    Path left = Files.createDirectories(folder.resolve(".mainstay-20260301T000000Z-1"));
    Files.writeString(left.resolve("mainstay.db"), "half of it");
    Path others = Files.createDirectories(folder.resolve(".mainstay-of-mine"));
    pass(Duration.ofHours(24));
    backups("data").make(Kind.ASKED);
    assertThat(left).exists();
    pass(HOUR);
    backups("data").make(Kind.ASKED);
    assertThat(left).doesNotExist();
    assertThat(others).exists();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private BackupSchedule schedule(String data, int keep) {
    return new BackupSchedule(backups(data), HOUR, keep, () -> now);
  }

  private Backups backups(String data) {
    return new Backups(new SqliteDumps(home.resolve(data)), folder, null, "under test", () -> now);
  }

  private List<String> files() {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void make(String data) {
    Model model =
        ModelReader.read(
                "backend.yaml",
                "tables: {notes: {columns: {id: {type: integer, primary_key: true}}}}")
            .orThrow();
    try (SqliteDatabase database =
        SqliteDatabase.open(home.resolve(data), SqliteSettings.defaults())) {
      new Installer(new SqliteDialect(), new SqliteDdl(), "under test")
          .install(
              database.installation(),
              model,
              RuleCompiler.compile(model).rules(),
              "",
              file -> {
                throw new FileNotFoundException(file);
              });
    }
  }
}
