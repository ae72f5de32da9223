package dev.mainstay.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.ColumnType;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Points in time in texts that name no zone, on the clocks of one.
class ZonedReadingTest {
  static final ColumnType MOMENT = new ColumnType.TimestampTz();
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  static Value utc(String text) {
    return new Value.TimestampTz(LocalDateTime.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-02 03:04:05,2024-01-02T02:04:05",
    "2024-07-02 03:04:05,2024-07-02T01:04:05",
    "2024-01-02,2024-01-01T23:00",
    "2024-01-02T03:04:05Z,2024-01-02T03:04:05",
    "2024-01-02T03:04:05 GMT,2024-01-02T03:04:05",
    "2024-01-02T03:04:05+00,2024-01-02T03:04:05",
    "2024-01-02T03:04:05-08:00,2024-01-02T11:04:05",
    "1890-01-01 00:00:00,1889-12-31T23:06:32",
    // skipped, and shown twice
    "2024-03-31 02:30:00,2024-03-31T01:30",
    "2024-10-27 02:30:00,2024-10-27T01:30"
  })
  void areReadOnItsClocks(String text, String utc) {
    assertThat(ValueReader.operand(MOMENT, text, BERLIN)).isEqualTo(utc(utc));
    assertThat(ValueReader.fromCell(MOMENT, new Asked.Cell.Text(text), BERLIN)).isEqualTo(utc(utc));
    assertThat(ValueReader.fromCell(MOMENT, new Asked.Cell.Json('"' + text + '"'), BERLIN))
        .isEqualTo(utc(utc));
  }

  @Test
  void areReadSoInListsToo() {
    ColumnType list = new ColumnType.ArrayOf(MOMENT);
    Value both = new Value.ListOf(List.of(utc("2024-01-02T02:04:05"), Value.NULL));
    assertThat(ValueReader.operand(list, "{\"2024-01-02 03:04:05\",NULL}", BERLIN)).isEqualTo(both);
    String json = "[\"2024-01-02 03:04:05\", null]";
    assertThat(ValueReader.fromCell(list, new Asked.Cell.Json(json), BERLIN)).isEqualTo(both);
    assertThat(ValueReader.fromCell(list, new Asked.Cell.Json("[]"), BERLIN))
        .isEqualTo(new Value.ListOf(List.of()));
  }

  @Test
  void nothingElseIs() {
    ColumnType local = new ColumnType.Timestamp();
    assertThat(ValueReader.operand(local, "2024-01-02 03:04:05", BERLIN))
        .isEqualTo(ValueReader.operand(local, "2024-01-02 03:04:05"));
    assertThat(ValueReader.fromCell(MOMENT, new Asked.Cell.Null(), BERLIN)).isEqualTo(Value.NULL);
    assertThat(ValueReader.fromCell(MOMENT, new Asked.Cell.Json("null"), BERLIN))
        .isEqualTo(Value.NULL);
    assertThat(ValueReader.fromCell(MOMENT, new Asked.Cell.Default(), BERLIN)).isNull();
  }
}
