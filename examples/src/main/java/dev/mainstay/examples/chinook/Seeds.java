package dev.mainstay.examples.chinook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Writes the seed files, one `<table>.jsonl` per table with one row a line, from `chinook.script`
/// on the class path into the folder that is its argument.
public final class Seeds {
  /// What a script holds besides rows, and the one row that belongs to HSQLDB itself.
  private static final Pattern NOT_ROWS =
      Pattern.compile("(SET|CREATE|ALTER|GRANT) .*|INSERT INTO BLOCKS VALUES\\(.*\\)|");

  private static final JsonMapper JSON = JsonMapper.shared();

  private Seeds() {}

  public static void main(String[] arguments) throws IOException {
    try (var script = Seeds.class.getResourceAsStream("/chinook.script")) {
      if (script == null) throw new IllegalStateException("no chinook.script on the class path");
      var lines = new BufferedReader(new InputStreamReader(script, StandardCharsets.US_ASCII));
      write(lines.lines().toList(), Path.of(arguments[0]));
    }
  }

  /// Throws [IllegalStateException] with the line's number for the first line it cannot read.
  static void write(List<String> script, Path folder) throws IOException {
    var files = new LinkedHashMap<String, SeedFile>();
    for (SeedTable table : SeedTable.ALL) files.put(table.source(), new SeedFile(table));
    for (int i = 0; i < script.size(); i++) {
      String line = script.get(i);
      if (NOT_ROWS.matcher(line).matches()) continue;
      try {
        InsertLine insert = InsertLine.parse(line);
        SeedFile file = files.get(insert.table());
        if (file == null) throw new IllegalArgumentException("unknown table");
        file.add(insert);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new IllegalStateException("line " + (i + 1) + ": " + e.getMessage() + ": " + line, e);
      }
    }
    Files.createDirectories(folder);
    for (SeedFile file : files.values()) {
      Files.writeString(folder.resolve(file.table.name() + ".jsonl"), file.lines);
    }
  }

  /// A file while it grows.
  private static final class SeedFile {
    private final SeedTable table;
    private final StringBuilder lines = new StringBuilder();

    SeedFile(SeedTable table) {
      this.table = table;
    }

    void add(InsertLine insert) {
      lines.append(JSON.writeValueAsString(table.row(insert.values()))).append('\n');
    }
  }
}
