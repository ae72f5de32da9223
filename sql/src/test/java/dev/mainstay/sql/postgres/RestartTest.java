package dev.mainstay.sql.postgres;

import static dev.mainstay.testkit.Ask.everything;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.Wrote;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A server that dies and comes back.
class RestartTest {
  private static final Problem AWAY = new Problem.Unavailable("The database cannot be reached.", 1);

  @Test
  void whatIsAskedMeanwhileIsRefusedAndThenAllIsWell() {
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, Map.of());
        Backend backend =
            Backend.open(
                new Impatient(server.database()),
                """
                tables:
                  notes:
                    columns:
                      id: {type: bigint, primary_key: true}
                """)) {
      backend.seed("notes", "{\"id\":1}");
      server.kill();
      for (int round = 0; round < 3; round++) {
        assertThat(Backend.refusal(() -> read(backend))).isEqualTo(AWAY);
        assertThat(Backend.refusal(() -> backend.insert(Callers.SERVICE, "notes", "{\"id\":2}")))
            .isEqualTo(AWAY);
        assertThat(Backend.refusal(() -> backend.unit(unit -> "nothing"))).isEqualTo(AWAY);
      }
      assertThat(backend.engine().reachable()).isFalse();

      server.restart();
      awaitRead(backend);
      assertThat(backend.engine().reachable()).isTrue();
      assertThat(read(backend)).isEqualTo("[{\"id\":1}]");
      assertThat(backend.insert(Callers.SERVICE, "notes", "{\"id\":2}")).isEqualTo(Wrote.keys("2"));
    }
  }

  private static String read(Backend backend) {
    return backend.read(Callers.SERVICE, everything().from("notes"));
  }

  private static void awaitRead(Backend backend) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        read(backend);
        return;
      } catch (ProblemException e) {
        assertThat(e.problem()).isEqualTo(AWAY);
        if (System.nanoTime() > deadline) throw e;
      }
    }
  }

  /// Waits a quarter of a second for a connection.
  private record Impatient(String address) implements EngineUnderTest {
    @Override
    public String name() {
      return "postgres";
    }

    @Override
    public Database open(Catalog catalog) {
      return PostgresUnderTest.open(
          new PostgresSettings(
              address,
              3,
              false,
              List.of("public"),
              Duration.ofSeconds(2),
              Duration.ofMillis(250),
              null),
          catalog);
    }
  }
}
