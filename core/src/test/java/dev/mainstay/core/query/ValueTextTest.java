package dev.mainstay.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.ColumnType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {
  @Test
  void writesTheWireForm() {
    assertThat(
            List.of(
                json(new ColumnType.Bool(), "true"),
                json(new ColumnType.Whole(64), "9223372036854775807"),
                json(new ColumnType.Decimal(6, 2), "1.5"),
                json(new ColumnType.Decimal(18, 10), "0.0000000001"),
                json(new ColumnType.Floating(64), "1e20"),
                json(new ColumnType.Floating(64), "NaN"),
                json(new ColumnType.Floating(32), "-inf"),
                json(new ColumnType.Text(), "a\"\\\n\u0001\u007fé/"),
                json(new ColumnType.Uuid(), "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
                json(new ColumnType.TimestampTz(), "2024-01-02 03:04:05.6780Z"),
                json(new ColumnType.Interval(), "1 day 2 hours"),
                json(new ColumnType.Json(), "{\"a\": [1, null]}"),
                json(new ColumnType.Bytea(), "hi"),
                json(new ColumnType.ArrayOf(new ColumnType.Date()), "{2024-01-02,NULL}"),
                json(new ColumnType.ArrayOf(new ColumnType.Json()), "{\"{\\\"a\\\":1}\"}"),
                ValueText.json(new ColumnType.Text(), Value.NULL)))
        .containsExactly(
            "true",
            "9223372036854775807",
            "1.50",
            "0.0000000001",
            "1e+20",
            "\"NaN\"",
            "\"-Infinity\"",
            "\"a\\\"\\\\\\n\\u0001\u007fé/\"",
            "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
            "\"2024-01-02T03:04:05.678+00:00\"",
            "\"1 day 02:00:00\"",
            "{\"a\":[1,null]}",
            "\"\\\\x6869\"",
            "[\"2024-01-02\",null]",
            "[{\"a\":1}]",
            "null");
  }

  /// As PostgreSQL 15 writes them.
  @ParameterizedTest
  @CsvSource({
    "1e14, 100000000000000",
    "1e15, 1e+15",
    "1234567890123456, 1.234567890123456e+15",
    "18014398509481992, 1.8014398509481992e+16",
    "9007199254740993, 9.007199254740992e+15",
    "4.9e-324, 5e-324",
    "9.9e-324, 1e-323",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "0.1, 0.1",
    "0.3, 0.3",
    "0.30000000000000004, 0.30000000000000004",
    "123.456, 123.456",
    "-1e-7, -1e-07",
    "2e-3, 0.002",
    "-0.0, -0"
  })
  void writesDoublesAsPostgresDoes(double number, String expected) {
    assertThat(FloatText.of64(number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "16777216, 1.6777216e+07",
    "999999, 999999",
    "1e6, 1e+06",
    "1.4e-45, 1e-45",
    "3.4028235e38, 3.4028235e+38",
    "3.4e-5, 3.4e-05",
    "8388609, 8.388609e+06",
    "33554436, 3.3554436e+07"
  })
  void writesRealsAsPostgresDoes(float number, String expected) {
    assertThat(FloatText.of32(number)).isEqualTo(expected);
    assertThat(FloatText.of32(NumberReader.ofFloat(number))).isEqualTo(expected);
  }

  private static String json(ColumnType type, String text) {
    return ValueText.json(type, ValueReader.read(type, text));
  }
}
