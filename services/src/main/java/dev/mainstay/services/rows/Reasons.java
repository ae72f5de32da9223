package dev.mainstay.services.rows;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.read.RowReader;
import dev.mainstay.core.read.RowReader.Format;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Why rows are set aside, and how that is written beside them: as the first field of a row of CSV,
/// or the first key of a JSON object, called [RowReader#WHY]. A reader passes over both, so that a
/// corrected file of rejects can be imported as it is.
final class Reasons {
  private static final Pattern OLD_FIELD = Pattern.compile("(?s)\"(?:[^\"]|\"\")*+\",|[^\",]*+,");
  private static final Pattern OLD_KEY =
      Pattern.compile(
          "(?s)\\{\\s*+\"" + RowReader.WHY + "\"\\s*+:\\s*+\"(?:[^\"\\\\]|\\\\.)*+\"\\s*+,?");

  private Reasons() {}

  /// `people.csv:7:3: age: 'x' is no value of type integer`
  static String of(List<Fault> faults) {
    return faults.stream().map(Reasons::of).collect(Collectors.joining("; "));
  }

  private static String of(Fault fault) {
    Position position = fault.position();
    return position.file()
        + (":" + position.line() + ":" + position.column() + ": ")
        + fault.message();
  }

  /// The first line of a file of rejects.
  static String header(String header) {
    return hasReasons(header) ? bare(header) : RowReader.WHY + "," + bare(header);
  }

  /// A row, as it stood in the file, with the reason.
  ///
  /// @param header the first line of its file when that is CSV
  static String row(Format format, String header, String text, String reason) {
    return switch (format) {
      case CSV -> {
        String row = bare(text);
        if (hasReasons(header)) row = OLD_FIELD.matcher(row).replaceFirst("");
        yield "\"" + reason.replace("\"", "\"\"") + "\"," + row;
      }
      case JSON_LINES -> {
        StringBuilder row = new StringBuilder("{\"" + RowReader.WHY + "\":");
        JsonText.quote(row, reason);
        String object = text.strip();
        if (object.startsWith("\uFEFF")) object = object.substring(1);
        if (!object.startsWith("{")) {
          JsonText.quote(row.append(",\"#line\":"), object);
          yield row.append('}').toString();
        }
        String rest = OLD_KEY.matcher(object).replaceFirst("{").substring(1);
        yield row.append(rest.strip().startsWith("}") ? "" : ",").append(rest).toString();
      }
    };
  }

  private static boolean hasReasons(String header) {
    String names = bare(header);
    return names.startsWith(RowReader.WHY + ",") || names.startsWith("\"" + RowReader.WHY + "\",");
  }

  /// Without empty lines before it and the end of its own.
  private static String bare(String text) {
    int from = 0;
    while (from < text.length() && "\uFEFF\r\n".indexOf(text.charAt(from)) >= 0) from++;
    int to = text.length();
    if (to > from && text.charAt(to - 1) == '\n') to--;
    if (to > from && text.charAt(to - 1) == '\r') to--;
    return text.substring(from, to);
  }
}
