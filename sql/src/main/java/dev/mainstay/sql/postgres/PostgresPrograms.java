package dev.mainstay.sql.postgres;

import dev.mainstay.sql.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// PostgreSQL's own `pg_dump` and `pg_restore`, where they are installed.
///
/// @param folders where to look for them, in this order
record PostgresPrograms(List<Path> folders) {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final int LONGEST_WORDS = 4000;

  PostgresPrograms {
    folders = List.copyOf(folders);
  }

  /// The newest version of PostgreSQL that the program knows.
  int version(String program) {
    Answer answer = run(program, List.of("--version"), Map.of());
    Matcher matcher = VERSION.matcher(answer.out());
    if (!matcher.find())
      throw new StoreException(program + " does not tell its version: " + answer.words());
    return Integer.parseInt(matcher.group(1));
  }

  /// Runs a program to its end.
  ///
  /// @param variables its environment's, besides ours
  /// @throws StoreException with its own words when it fails
  Answer run(String program, List<String> arguments, Map<String, String> variables) {
    List<String> command = new ArrayList<>(List.of(find(program).toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    // What is said there about some other database is not about this one.
    environment.keySet().removeIf(name -> name.startsWith("PG") && !name.equals("PGPASSFILE"));
    environment.put("LC_ALL", "C");
    environment.putAll(variables);
    builder.redirectErrorStream(true);
    try {
      // A file, since whoever waits for a pipe to end cannot be interrupted.
      Path words = Files.createTempFile(program, null);
      try {
        Answer answer = run(builder.redirectOutput(words.toFile()), words);
        if (answer.status() != 0) throw new StoreException(program + " failed: " + answer.words());
        return answer;
      } finally {
        Files.delete(words);
      }
    } catch (IOException e) {
      throw new StoreException(program + " cannot be run: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new StoreException(program + " was stopped");
    }
  }

  private static Answer run(ProcessBuilder builder, Path words)
      throws IOException, InterruptedException {
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      int status = process.waitFor();
      try (InputStream out = Files.newInputStream(words)) {
        return new Answer(
            status, new String(out.readNBytes(LONGEST_WORDS), StandardCharsets.UTF_8));
      }
    } finally {
      process.destroy();
    }
  }

  /// How a program ended, and what it printed.
  record Answer(int status, String out) {
    /// What it said last that is an error, on one line.
    String words() {
      List<String> lines = out.lines().filter(line -> !line.isBlank()).toList();
      return lines.stream()
          .filter(line -> line.contains("error:"))
          .findFirst()
          .orElse(lines.isEmpty() ? "status " + status : lines.getLast())
          .replaceFirst("^pg_\\w+: (error: )?", "");
    }
  }

  private Path find(String program) {
    for (Path folder : folders) {
      Path file = folder.resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) return file;
    }
    throw new StoreException(
        program
            + " is not here: install PostgreSQL's client programs (postgresql-client), or say in"
            + " backup.programs in which folder they are");
  }
}
