package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Moves that cannot be: it is said why and where, and everybody may go on to write.
final class RefusedMovesTest {
  private static final String MODEL =
      """
      tables:
        bills:
          columns:
            id: {type: integer, primary_key: true}
            number: {type: integer, identity: true}
            amount: decimal(30,2)
      """;

  @TempDir private Path folder;
  private String address = "";
  private Cli cli;

  @BeforeEach
  void served() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    address = PostgresServer.shared(PostgresVersion.V18).database();
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    Files.writeString(folder.resolve("mainstay.yaml"), "database: {url: \"" + address + "\"}\n");
    Running.serve(folder, folder.resolve("data"), Map.of("database.url", address)).close();
  }

  private Outcome refused(String... arguments) {
    Outcome outcome = cli.run(arguments);
    assertThat(outcome.status()).as(outcome.out()).isNotZero();
    assertThat(cli.run("writes", "status").out()).isEqualTo("Everybody may write.\n");
    return outcome;
  }

  @Test
  void whatTheOtherEngineLacksIsToldColumnByColumn() {
    assertThat(refused("move", "--to", "elsewhere").err())
        .contains(
            "backend.yaml:2:3: column public.bills.number: SQLite numbers rows only in a primary key")
        .contains(
            "backend.yaml:2:3: column public.bills.amount: SQLite keeps decimals of at most 18");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedWithoutThePassword() {
    assertThat(refused("move", "--to", "postgres://shop:hush@127.0.0.1:1/shop").err())
        .contains("127.0.0.1:1/shop cannot be used: ")
        .doesNotContain("hush");
    assertThat(refused("move", "--to", "oracle://shop:hush@127.0.0.1/shop").err())
        .contains("The address of the database cannot be read")
        .doesNotContain("hush");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    assertThat(refused("move", "--to", "file/data").err()).contains("file/data");
  }

  @Test
  void itselfIsNoTarget() {
    assertThat(refused("move", "--to", address).err()).contains("That is where the database is");
    assertThat(refused("move").err()).contains("Say --to where, or --give-up");
  }

  @Test
  void theTablesOfADatabaseAreNotMoved() throws Exception {
    Files.writeString(folder.resolve("backend.yaml"), "from: database\n");
    assertThat(refused("move", "--to", "elsewhere").err()).contains("says 'from: database'");
  }
}
