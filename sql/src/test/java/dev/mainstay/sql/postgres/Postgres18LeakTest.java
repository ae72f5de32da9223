package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.PlantedFault;
import dev.mainstay.testkit.leaks.LeakSearch;
import dev.mainstay.testkit.postgres.PostgresVersion;
import org.junit.jupiter.api.Test;

/// No request tells of rows its caller may not read. `./leaks` searches longer.
class Postgres18LeakTest {
  @Test
  void nothingTellsOfHiddenRows() {
    var engine = new PostgresUnderTest(PostgresVersion.V18);
    assertThat(LeakSearch.find(engine, PlantedFault.NONE)).isNull();
  }
}
