package dev.mainstay.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/// Where a command runs: what it prints to, and what it finds around it.
///
/// @param in and
/// @param raw what is piped into it and out of it, as bytes
/// @param folder the one that relative paths on the command line start from
/// @param home the distribution's folder
/// @param isInteractive whether a person is looking
record Terminal(
    PrintWriter out,
    PrintWriter err,
    InputStream in,
    OutputStream raw,
    Map<String, String> environment,
    Path folder,
    Path home,
    boolean isInteractive) {
  void say(String line) {
    out.println(line);
    out.flush();
  }
}
