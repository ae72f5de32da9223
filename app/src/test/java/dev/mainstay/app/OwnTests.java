package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests that come with the example and with a new project pass on every engine, and leave
/// nothing behind.
abstract class OwnTests {
  @TempDir Path folder;

  /// An option or none, for where the project's database is.
  protected abstract List<String> database();

  protected abstract String engine();

  /// Checks that nothing of the tests is left, and that nothing was put elsewhere.
  protected abstract void assertNothingIsLeft() throws Exception;

  @Test
  void ofTheExample() throws Exception {
    Example.copyTo(folder);
    assertPasses("31 tests in 2 files");
  }

  @Test
  void ofANewProject() throws Exception {
    assertThat(new Cli(folder, folder).run("init", ".").status()).isZero();
    assertPasses("5 tests in 1 file");
  }

  private void assertPasses(String what) throws Exception {
    List<String> database = database();
    var command = new ArrayList<>(List.of("test"));
    command.addAll(database);
    Outcome outcome = new Cli(folder, folder).run(command.toArray(String[]::new));
    assertThat(outcome.out()).contains("\n" + what + " on " + engine() + ": all passed (");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
    assertNothingIsLeft();
  }
}
