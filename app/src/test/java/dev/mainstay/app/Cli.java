package dev.mainstay.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Runs commands as if typed in a folder, and keeps what they print.
final class Cli {
  final Map<String, String> environment = new HashMap<>();

  /// What is piped into the command.
  byte[] in = {};

  /// What came out as bytes.
  final ByteArrayOutputStream raw = new ByteArrayOutputStream();

  private final Path folder;
  private final Path home;

  Cli(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
  }

  record Outcome(int status, String out, String err) {}

  Outcome run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status = Main.run(terminal(out, err), arguments);
    return new Outcome(status, out.toString(), err.toString());
  }

  Terminal terminal(StringWriter out, StringWriter err) {
    return new Terminal(
        new PrintWriter(out),
        new PrintWriter(err),
        new ByteArrayInputStream(in),
        raw,
        environment,
        folder,
        home,
        /* isInteractive= */ false);
  }
}
