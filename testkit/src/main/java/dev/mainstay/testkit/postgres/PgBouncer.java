package dev.mainstay.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PgBouncer in transaction mode before a server, with few connections of its own, so that every
/// client meets what another left behind. Everything else is as PgBouncer has it by default.
public final class PgBouncer implements AutoCloseable {
  private final Process process;
  private final Path folder;
  private final int port;

  private PgBouncer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  public static PgBouncer start(PostgresServer server) {
    try {
      Path folder = Files.createTempDirectory("pgbouncer-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path settings = folder.resolve("pgbouncer.ini");
      int port = freePort();
      Files.writeString(
          settings,
          """
          [databases]
          * = host=127.0.0.1 port=%d user=postgres
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %d
          unix_socket_dir =
          auth_type = any
          pool_mode = transaction
          default_pool_size = 2
          """
              .formatted(server.port(), port));
      List<String> command = new ArrayList<>(List.of(program()));
      // It does not run as root.
      if (System.getProperty("user.name").equals("root")) command.addAll(List.of("-u", "nobody"));
      command.add(settings.toString());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      PgBouncer started = new PgBouncer(process, folder, port);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      started.awaitPort();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The address of a database as it is reached through here.
  public String address(String direct) {
    return direct.replaceFirst(":\\d+/", ":" + port + "/");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
      for (String file : List.of("pgbouncer.ini", "log"))
        Files.deleteIfExists(folder.resolve(file));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String program() {
    for (String folder : (System.getenv("PATH") + ":/usr/sbin").split(":", -1)) {
      Path program = Path.of(folder, "pgbouncer");
      if (Files.isExecutable(program)) return program.toString();
    }
    throw new IllegalStateException("pgbouncer is not installed: apt-get install pgbouncer");
  }

  private void awaitPort() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline)
          throw new IllegalStateException(
              "pgbouncer did not start: " + Files.readString(folder.resolve("log")), e);
        Thread.onSpinWait();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
