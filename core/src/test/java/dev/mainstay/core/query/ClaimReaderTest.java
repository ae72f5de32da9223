package dev.mainstay.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimReaderTest {
  private static final ColumnType TEXT = new ColumnType.Text();
  private static final ColumnType INT = new ColumnType.Whole(32);
  private static final ColumnType PRICE = new ColumnType.Decimal(4, 2);

  @Test
  void convertsWhatIsAValueOfTheType() {
    UUID id = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    assertThat(ClaimReader.read(new ColumnType.Uuid(), id.toString()))
        .isEqualTo(new Value.Uuid(id));
    assertThat(ClaimReader.read(INT, 7)).isEqualTo(new Value.Whole(7));
    assertThat(ClaimReader.read(INT, "7")).isEqualTo(new Value.Whole(7));
    assertThat(ClaimReader.read(TEXT, 7)).isEqualTo(new Value.Text("7"));
    assertThat(ClaimReader.read(TEXT, true)).isEqualTo(new Value.Text("true"));
    assertThat(ClaimReader.read(TEXT, Map.of("a", List.of(1, "x"))))
        .isEqualTo(new Value.Text("{\"a\":[1,\"x\"]}"));
    assertThat(ClaimReader.read(new ColumnType.Bool(), true)).isEqualTo(new Value.Bool(true));
    assertThat(ClaimReader.read(new ColumnType.Json(), "x")).isEqualTo(new Value.Json("\"x\""));
    assertThat(ClaimReader.read(new ColumnType.Floating(64), 0.5))
        .isEqualTo(new Value.Floating(0.5));
    assertThat(ClaimReader.read(PRICE, 1.5)).isEqualTo(new Value.Decimal(new BigDecimal("1.50")));
    assertThat(ClaimReader.read(PRICE, "0.000"))
        .isEqualTo(new Value.Decimal(new BigDecimal("0.00")));
  }

  @Test
  void whatDoesNotConvertIsNull() {
    for (Object claim : new Object[] {"x", "", 1.5, 3_000_000_000L, true, List.of(1), Map.of()})
      assertThat(ClaimReader.read(INT, claim)).as("%s", claim).isEqualTo(Value.NULL);
    for (Object claim : new Object[] {"1.005", 100, "x"})
      assertThat(ClaimReader.read(PRICE, claim)).as("%s", claim).isEqualTo(Value.NULL);
    assertThat(ClaimReader.read(INT, null)).isEqualTo(Value.NULL);
    assertThat(ClaimReader.read(TEXT, "a\0")).isEqualTo(Value.NULL);
  }

  @Test
  void aListConvertsElementByElement() {
    assertThat(ClaimReader.read(new ColumnType.ArrayOf(INT), List.of(1, "2", "x")))
        .isEqualTo(new Value.ListOf(List.of(new Value.Whole(1), new Value.Whole(2), Value.NULL)));
    assertThat(ClaimReader.read(new ColumnType.ArrayOf(INT), 1)).isEqualTo(Value.NULL);
  }
}
