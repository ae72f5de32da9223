package dev.mainstay.app;

import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.read.RowReader.Format;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files that rows are exported to and imported from: one a table, which is called as the model
/// calls it.
final class RowFiles {
  /// The standard input or output, in place of a file.
  static final String STREAM = "-";

  private RowFiles() {}

  /// The table of the model that is called so.
  static Table table(String name, Backend backend) {
    for (Table table : backend.own().tables()) if (table.name().title().equals(name)) return table;
    int dot = name.indexOf('.');
    TableName whole =
        dot < 0 ? null : new TableName(name.substring(0, dot), name.substring(dot + 1));
    Table table = whole == null ? null : backend.own().table(whole);
    if (table != null) return table;
    List<String> titles = backend.own().tables().stream().map(t -> t.name().title()).toList();
    String nearest = Nearest.to(name, titles);
    throw new Sorry(
        "The model has no table '%s'%s"
            .formatted(name, nearest == null ? "" : "; did you mean '" + nearest + "'?"));
  }

  static String name(Table table, Format format) {
    return table.name().title() + ending(format);
  }

  static String ending(Format format) {
    return switch (format) {
      case CSV -> ".csv";
      case JSON_LINES -> ".jsonl";
    };
  }

  /// The format that a command line names, or that of a file's name.
  static Format format(@Nullable String given, @Nullable Path file) {
    if (given != null)
      return switch (given) {
        case "csv" -> Format.CSV;
        case "jsonl" -> Format.JSON_LINES;
        default -> throw new Sorry("The format '" + given + "' is neither csv nor jsonl");
      };
    Format format = file == null ? null : format(file);
    if (format == null && file != null)
      throw new Sorry(
          "The file " + file + " ends neither in .csv nor in .jsonl; say --format csv or jsonl");
    return format == null ? Format.CSV : format;
  }

  /// That of a file's name, or null.
  static @Nullable Format format(Path file) {
    String name = file.getFileName().toString();
    for (Format format : Format.values()) if (name.endsWith(ending(format))) return format;
    return null;
  }
}
