package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.sql.Things;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Statements;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
  private final String address = PostgresServer.shared(PostgresVersion.V18).database();
  private Backend backend;

  @BeforeAll
  void open() {
    backend = PostgresThings.open(50_000, address);
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void theThingsAreNotScanned(Things.Page page) throws SQLException {
    Statements statements = new Statements();
    backend.read(page.caller(), page.from(30_000).from("things"), statements);
    List<String> plan = plan(statements.texts().getFirst());
    assertThat(plan)
        .noneMatch(
            step -> step.contains("Seq Scan on things") || step.contains("Seq Scan on parts"))
        .noneMatch(step -> step.contains("Sort") && step.contains("things"))
        .anyMatch(step -> step.contains("Index"));
  }

  private List<String> plan(String sql) throws SQLException {
    StringBuilder numbered = new StringBuilder("EXPLAIN (GENERIC_PLAN, COSTS OFF) ");
    int slots = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '?') numbered.append('$').append(++slots);
      else numbered.append(c);
    }
    List<String> steps = new ArrayList<>();
    // The driver would ask for the values of the placeholders.
    try (Connection connection = PostgresServer.connect(address + "?preferQueryMode=simple");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(numbered.toString())) {
      while (result.next()) steps.add(result.getString(1));
    }
    return steps;
  }
}
