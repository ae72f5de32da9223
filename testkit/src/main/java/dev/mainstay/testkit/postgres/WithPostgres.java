package dev.mainstay.testkit.postgres;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Runs a command beside a PostgreSQL server of its own, for tests that are not written in Java:
/// `WithPostgres 18 npm test`. The command finds the server's address in [#VARIABLE]; its exit code
/// is this program's.
public final class WithPostgres {
  public static final String VARIABLE = "MAINSTAY_TEST_POSTGRES";

  private WithPostgres() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    PostgresVersion version = PostgresVersion.valueOf("V" + arguments[0]);
    System.exit(run(version, Arrays.asList(arguments).subList(1, arguments.length)));
  }

  static int run(PostgresVersion version, List<String> command)
      throws IOException, InterruptedException {
    try (PostgresServer server = PostgresServer.start(version, Map.of())) {
      ProcessBuilder process = new ProcessBuilder(command).inheritIO();
      process
          .environment()
          .put(VARIABLE, "postgres://postgres@127.0.0.1:" + server.port() + "/postgres");
      return process.start().waitFor();
    }
  }
}
