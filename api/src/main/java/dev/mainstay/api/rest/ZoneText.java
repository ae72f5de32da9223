package dev.mainstay.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.api.rest.RowShape.Cell;
import dev.mainstay.api.rest.RowShape.Member;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.MomentText;
import java.io.ByteArrayOutputStream;
import java.time.ZoneId;

/// Copies the JSON of a row or a value with its points in time, which engines answer in UTC, as
/// clocks of a zone show them. What has no date on such a clock (`infinity`, years before the
/// first) stays.
final class ZoneText {
  private final byte[] json;
  private final ZoneId zone;
  private final ByteArrayOutputStream out;
  private int copied;

  private ZoneText(byte[] json, ZoneId zone) {
    this.json = json;
    this.zone = zone;
    this.out = new ByteArrayOutputStream(json.length + 16);
  }

  static byte[] rewrite(byte[] json, Cell cell, ZoneId zone) {
    ZoneText text = new ZoneText(json, zone);
    text.value(0, cell);
    text.out.write(json, text.copied, json.length - text.copied);
    return text.out.toByteArray();
  }

  /// @return where the value ends
  private int value(int at, Cell cell) {
    return switch (cell) {
      case Cell.Row(RowShape shape) when json[at] == '{' -> row(at, shape);
      case Cell.Several(Cell element) when json[at] == '[' -> list(at, element);
      case Cell.Scalar(ColumnType.ArrayOf(ColumnType element)) when json[at] == '[' ->
          list(at, new Cell.Scalar(element));
      case Cell.Scalar(ColumnType.TimestampTz _) when json[at] == '"' -> moment(at);
      case Cell.Row _, Cell.Several _, Cell.Scalar _ -> JsonScan.pastValue(json, at);
    };
  }

  private int row(int at, RowShape shape) {
    int next = JsonScan.pastSpace(json, at + 1);
    for (Member member : shape.members())
      next = JsonScan.next(json, value(JsonScan.valueOfKey(json, next), member.cell()));
    return next + 1;
  }

  private int list(int at, Cell element) {
    int next = JsonScan.pastSpace(json, at + 1);
    while (json[next] != ']') next = JsonScan.next(json, value(next, element));
    return next + 1;
  }

  private int moment(int at) {
    int end = JsonScan.pastString(json, at);
    String zoned = MomentText.zoned(new String(json, at + 1, end - at - 2, UTF_8), zone);
    if (zoned == null) return end;
    out.write(json, copied, at + 1 - copied);
    out.writeBytes(zoned.getBytes(UTF_8));
    copied = end - 1;
    return end;
  }
}
