package dev.mainstay.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES =
      List.of("artists", "albums", "title", "titles", "id", "order_items", "categories");

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "artist, artists",
    "ALBUMS, albums",
    "ablums, albums",
    "TITLE, title",
    "tilte, title",
    "titlez, title",
    "title_s, titles",
    "ix, id",
    "orderitems, order_items",
    "category, categories",
    "customers,",
    "x,",
    "name,",
    "xy,",
    "'',",
  })
  void suggestsTheNameFewestSlipsAway(String written, String nearest) {
    assertThat(Nearest.to(written, NAMES)).isEqualTo(nearest);
  }

  @Test
  void leavesVeryLongNamesAlone() {
    String long100 = "a".repeat(100);
    assertThat(Nearest.to(long100, List.of("a".repeat(99)))).isEqualTo("a".repeat(99));
    assertThat(Nearest.to(long100 + "a", List.of(long100))).isNull();
  }
}
