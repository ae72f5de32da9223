package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.sql.Things;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// A page of a range finds its rows by an index, and what is related to them too.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexUseTest {
  static final List<Things.Page> PAGES = Things.PAGES;
  private Path folder;
  private Backend backend;

  @BeforeAll
  void open() throws IOException {
    folder = Files.createTempDirectory("mainstay-things");
    backend = SqliteThings.open(2_000, folder);
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void noTableIsScanned(Things.Page page) throws SQLException {
    Statements statements = new Statements();
    backend.read(page.caller(), page.from(700).from("things"), statements);
    try (Connection connection = SqliteThings.connect(folder)) {
      List<String> plan = SqliteThings.plan(connection, statements.texts().getFirst());
      assertThat(plan)
          .noneMatch(step -> step.startsWith("SCAN") && !isOfThePage(step, plan))
          .noneMatch(step -> step.contains("B-TREE FOR ORDER BY"))
          .anyMatch(step -> step.startsWith("SEARCH"));
    }
  }

  /// The rows of a page, or of an embed, once they are found.
  private static boolean isOfThePage(String step, List<String> plan) {
    if (!step.startsWith("SCAN ")) return false;
    String alias = step.substring("SCAN ".length());
    return plan.stream()
        .anyMatch(
            other -> other.equals("CO-ROUTINE " + alias) || other.equals("MATERIALIZE " + alias));
  }
}
