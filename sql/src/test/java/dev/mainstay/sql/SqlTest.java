package dev.mainstay.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.model.ColumnType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SqlTest {
  private static final Slot FIRST = new Slot.Bound(0, new ColumnType.Text());
  private static final Slot SECOND = new Slot.Bound(1, new ColumnType.Bool());

  @Test
  void slotsKeepTheOrderOfTheirPlaceholders() {
    Sql equal = Sql.of("{} = {}", Sql.slot("?", FIRST), Sql.slot("?::boolean", SECOND));
    assertThat(Sql.of("NOT ({})", equal))
        .isEqualTo(new Sql("NOT (? = ?::boolean)", List.of(FIRST, SECOND)));
    assertThat(Sql.join(" AND ", List.of(Sql.slot("?", SECOND), equal)))
        .isEqualTo(new Sql("? AND ? = ?::boolean", List.of(SECOND, FIRST, SECOND)));
  }

  @Test
  void whatAPartSaysIsNoTemplate() {
    assertThat(Sql.of("{}, {}", Sql.raw("'{}'"), Sql.raw("'{'")).text()).isEqualTo("'{}', '{'");
  }

  @Test
  void asManyPartsAsHoles() {
    assertThatThrownBy(() -> Sql.of("{}")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sql.of("x", Sql.raw("y")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
