package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.PlantedFault;
import dev.mainstay.testkit.leaks.LeakSearch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No request tells of rows its caller may not read, and the search would find one that does.
/// `./leaks` searches longer.
class SqliteLeakTest {
  @Test
  void nothingTellsOfHiddenRows() {
    assertThat(LeakSearch.find(new SqliteUnderTest(), PlantedFault.NONE)).isNull();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsWhatIsPlanted(PlantedFault fault) {
    assertThat(LeakSearch.find(new SqliteUnderTest(), fault)).isNotNull();
  }
}
