package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.app.config.Given;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Serves the example for a moment and asks it something, so that the JVM, told to, can write down
/// the classes a start needs. Part of the build, not of anybody's work.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  private static final List<String> PATHS =
      List.of(
          "/health/ready",
          "/rest/v1/tracks?select=name,album:albums(title)&name=ilike.*a*&order=name&limit=2",
          "/rest/v1/invoices?limit=1",
          "/rest/v1/nothing");

  private final Terminal terminal;
  @Mixin private final ProjectOptions options = new ProjectOptions();

  WarmUpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path data = Files.createTempDirectory("mainstay-warm-up-");
    try {
      Map<String, Given> settings =
          Map.of(
              "data", ConfigReader.flag("warm-up", data.toString()),
              "http.port", ConfigReader.flag("warm-up", "0"));
      Path project = terminal.home().resolve("examples/chinook");
      Config config = options.config(terminal, project, settings);
      // Twice: a start that finds its data is the one that should be quick.
      Server.start(config, terminal).stop();
      Server server = Server.start(config, terminal);
      for (String path : PATHS) ask(server, path);
      server.stop();
    } finally {
      delete(data);
    }
    return 0;
  }

  private static void ask(Server server, String path) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\napikey: %s\r\n\r\n"
            .formatted(path, server.keyFor("anon"));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.edge().port());
        OutputStream out = socket.getOutputStream()) {
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.getInputStream().readAllBytes();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
