package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class SqliteOwnTestsTest extends OwnTests {
  @Override
  protected List<String> database() {
    return List.of();
  }

  @Override
  protected String engine() {
    return "SQLite";
  }

  @Override
  protected void assertNothingIsLeft() throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String mine = "mainstay-test-" + ProcessHandle.current().pid() + "-";
    try (var files = Files.list(temporary)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(mine));
    }
  }
}
