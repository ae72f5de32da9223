package dev.mainstay.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.api.rest.RowShape.Cell;
import dev.mainstay.api.rest.RowShape.Member;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.ValueText;
import org.jspecify.annotations.Nullable;

/// Rows, or values, as lines of CSV, byte for byte as PostgREST writes them: each value in
/// PostgreSQL's text (`t`, `{1,2}`, `2024-01-02 03:04:05+00`), null as nothing, embeds and JSON as
/// PostgreSQL's `jsonb` shows itself.
///
/// Quoted as PostgreSQL quotes the fields of a row's text: what is empty, or holds a comma, a
/// quotation mark, a backslash, a bracket or white space. Inside, a backslash is doubled as a
/// quotation mark is, which is PostgREST's way and not RFC 4180's.
final class CsvText {
  private final byte[] json;

  private CsvText(byte[] json) {
    this.json = json;
  }

  /// The line of the columns' names.
  static byte[] header(RowShape shape) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < shape.members().size(); i++) {
      if (i > 0) line.append(',');
      field(line, shape.members().get(i).key());
    }
    return line.toString().getBytes(UTF_8);
  }

  /// The line of a row or of a value that stands alone; nothing between the commas for no row.
  static byte[] line(byte[] json, Cell cell) {
    CsvText text = new CsvText(json);
    StringBuilder line = new StringBuilder(json.length);
    switch (cell) {
      case Cell.Row(RowShape shape) when JsonScan.isNull(json, 0) ->
          line.repeat(',', shape.members().size() - 1);
      case Cell.Row(RowShape shape) -> text.row(line, shape);
      case Cell.Scalar _, Cell.Several _ -> text.field(line, 0, cell);
    }
    return line.toString().getBytes(UTF_8);
  }

  private void row(StringBuilder line, RowShape shape) {
    int at = JsonScan.pastSpace(json, 1);
    boolean isFirst = true;
    for (Member member : shape.members()) {
      if (!isFirst) line.append(',');
      isFirst = false;
      int value = JsonScan.valueOfKey(json, at);
      field(line, value, member.cell());
      at = JsonScan.next(json, JsonScan.pastValue(json, value));
    }
  }

  private void field(StringBuilder line, int at, Cell cell) {
    String text = text(at, cell);
    if (text != null) field(line, text);
  }

  private @Nullable String text(int at, Cell cell) {
    if (JsonScan.isNull(json, at)) return null;
    return switch (cell) {
      case Cell.Scalar(ColumnType type) -> scalar(at, type);
      case Cell.Row _, Cell.Several _ -> spaced(at);
    };
  }

  private String scalar(int at, ColumnType type) {
    return switch (type) {
      case ColumnType.Json _ -> spaced(at);
      case ColumnType.Bool _ -> json[at] == 't' ? "t" : "f";
      case ColumnType.ArrayOf(ColumnType element) when json[at] == '[' -> list(at, element);
      case ColumnType.Timestamp _ -> string(at).replace('T', ' ');
      case ColumnType.TimestampTz _ -> moment(string(at));
      case ColumnType.Whole _,
          ColumnType.Decimal _,
          ColumnType.Floating _,
          ColumnType.Text _,
          ColumnType.Varchar _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Time _,
          ColumnType.Interval _,
          ColumnType.Bytea _,
          ColumnType.Enumerated _,
          ColumnType.ArrayOf _,
          ColumnType.Native _ ->
          json[at] == '"' ? string(at) : spaced(at);
    };
  }

  private String list(int at, ColumnType element) {
    StringBuilder text = new StringBuilder("{");
    int next = JsonScan.pastSpace(json, at + 1);
    while (json[next] != ']') {
      if (text.length() > 1) text.append(',');
      if (JsonScan.isNull(json, next)) text.append("NULL");
      else ValueText.element(text, scalar(next, element));
      next = JsonScan.next(json, JsonScan.pastValue(json, next));
    }
    return text.append('}').toString();
  }

  /// `2024-01-02T03:04:05+00:00` with a space, and without the minutes of a whole hour's offset.
  private static String moment(String iso) {
    int end = iso.length();
    boolean hasOffset = end > 6 && (iso.charAt(end - 6) == '+' || iso.charAt(end - 6) == '-');
    String text = hasOffset && iso.endsWith(":00") ? iso.substring(0, end - 3) : iso;
    return text.replace('T', ' ');
  }

  /// What a JSON string says.
  private String string(int at) {
    int end = JsonScan.pastString(json, at);
    String raw = new String(json, at + 1, end - at - 2, UTF_8);
    return raw.indexOf('\\') < 0 ? raw : JsonText.parse('"' + raw + '"').stringValue();
  }

  /// JSON with a space behind every colon and comma, as `jsonb` shows itself.
  private String spaced(int at) {
    int end = JsonScan.pastValue(json, at);
    StringBuilder text = new StringBuilder(end - at + 16);
    int next = at;
    while (next < end) {
      byte b = json[next];
      if (b == '"') {
        int past = JsonScan.pastString(json, next);
        JsonText.quote(text, string(next));
        next = past;
        continue;
      }
      if (!JsonScan.isSpace(b)) text.append((char) b);
      if (b == ',' || b == ':') text.append(' ');
      next++;
    }
    return text.toString();
  }

  private static void field(StringBuilder line, String text) {
    if (isPlain(text)) {
      line.append(text);
      return;
    }
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') line.append(c);
      line.append(c);
    }
    line.append('"');
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("\"\\(),".indexOf(c) >= 0 || c == ' ' || (c >= '\t' && c <= '\r')) return false;
    }
    return !text.isEmpty();
  }
}
