package dev.mainstay.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithPostgresTest {
  @Test
  void tellsTheCommandWhereTheServerIsAndAnswersItsExitCode(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path told = folder.resolve("told");
    String script = "printf %s \"$MAINSTAY_TEST_POSTGRES\" >" + told + "; exit 7";
    assertThat(WithPostgres.run(PostgresVersion.V18, List.of("sh", "-c", script))).isEqualTo(7);
    assertThat(Files.readString(told)).matches("postgres://postgres@127\\.0\\.0\\.1:\\d+/postgres");
  }
}
