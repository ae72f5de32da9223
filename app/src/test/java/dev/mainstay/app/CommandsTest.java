package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each command prints, and the status it ends with.
final class CommandsTest {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
      """;

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void inAFolder() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
  }

  @Test
  void helpsThoseWhoSayNothing() {
    Outcome outcome = cli.run();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("Usage: mainstay", "serve", "demo", "init", "Start here:");
    assertThat(cli.run("--version"))
        .isEqualTo(new Outcome(0, "mainstay " + Version.number() + "\n", ""));
    assertThat(Version.number()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    for (String command :
        List.of(
            "serve",
            "demo",
            "init",
            "check",
            "test",
            "config",
            "keys",
            "keys make",
            "generate types",
            "generate java"))
      assertThat(cli.run((command + " --help").split(" ", -1)).status()).as(command).isZero();
  }

  @Test
  void endsWithTwoForACommandThatIsWrong() {
    Outcome outcome = cli.run("sreve");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("'sreve'", "serve");
    assertThat(cli.run("serve", "--prot", "1").status()).isEqualTo(2);
    assertThat(cli.run("keys", "make").status()).isEqualTo(2);
  }

  @Test
  void beginsAProjectThatChecks() throws Exception {
    Outcome outcome = cli.run("init", "my-app");
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                0,
                """
                A project is in %s: backend.yaml is the model. Now:

                  cd my-app && mainstay serve
                """
                    .formatted(folder.resolve("my-app")),
                ""));
    try (var files = Files.list(folder.resolve("my-app"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "backend.yaml",
              "backend.schema.json",
              "tests",
              "tests.schema.json",
              "mainstay.yaml",
              ".gitignore");
    }
    assertThat(cli.run("check", "my-app"))
        .isEqualTo(
            new Outcome(0, folder.resolve("my-app/backend.yaml") + ": 3 tables, no faults\n", ""));
    assertThat(cli.run("init", "my-app"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: "
                    + folder.resolve("my-app/backend.yaml")
                    + " is there already; nothing was written\n"));
  }

  @Test
  void advisesOnWhatIsNotWrongButPerhapsNotMeant() throws Exception {
    write(
        "backend.yaml",
        """
        tables:
          notes:
            columns:
              id: {type: integer, primary_key: true}
        """);
    Outcome outcome = cli.run("check");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .startsWith(folder.resolve("backend.yaml") + ":2:3: ")
        .contains("'notes'", "    notes:\n    ^\n", "\n\n")
        .endsWith("1 table, no faults, 1 note\n");
  }

  @Test
  void tellsEveryFaultOfAModelAndTouchesNothing() throws Exception {
    write(
        "backend.yaml",
        """
        tables:
          notes:
            colums: {}
            policies: {read: row.titel == 'x'}
        """);
    for (String command : List.of("check", "serve")) {
      Outcome outcome = cli.run(command);
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.err())
          .contains(
              folder + "/backend.yaml:3:5: unknown key 'colums'",
              "hint: did you mean 'columns'?",
              "nothing was changed")
          .doesNotContain("Exception", "\tat ");
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void tellsEveryFaultOfTheConfiguration() throws Exception {
    write("backend.yaml", MODEL);
    write("mainstay.yaml", "http: {prot: 1}\nrest: {max_rows: none}\n");
    cli.environment.put("MAINSTAY_HTTP_PORT", "high");
    for (String command : List.of("serve", "check", "config")) {
      assertThat(cli.run(command))
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  """
                  %1$s/mainstay.yaml:1:8: unknown setting 'http.prot'
                      http: {prot: 1}
                             ^
                  hint: did you mean 'http.port'?

                  %1$s/mainstay.yaml:2:18: 'rest.max_rows' must be a number from 1 to 100000000, not 'none'
                      rest: {max_rows: none}
                                       ^

                  MAINSTAY_HTTP_PORT: 'http.port' must be a number from 0 to 65535, not 'high'

                  mainstay: 3 faults; nothing was changed
                  """
                      .formatted(folder)));
    }
  }

  @Test
  void saysInOneSentenceWhyItCannotServe() throws Exception {
    assertThat(cli.run("serve", "nowhere"))
        .isEqualTo(new Outcome(1, "", "mainstay: There is no " + folder + "/nowhere\n"));
    assertThat(cli.run("serve"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: There is no model at "
                    + folder
                    + "/backend.yaml; `mainstay init` makes one to begin with\n"));
    write("backend.yaml", MODEL);
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(cli.run("serve", "--port", port))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "mainstay: Port "
                      + port
                      + " of 127.0.0.1 is taken; choose another with --port\n"));
    }
    write("file", "");
    Outcome notWritable = cli.run("serve", "--data", "file");
    assertThat(notWritable.status()).isEqualTo(1);
    assertThat(notWritable.err()).matches("mainstay: The data folder .*file cannot be .*\n");
    Outcome unreachable =
        cli.run("serve", "--database", "postgres://u:hush@127.0.0.1:1/d?connect_timeout=1");
    assertThat(unreachable.status()).isEqualTo(1);
    assertThat(unreachable.err())
        .matches("mainstay: .*127.0.0.1:1/d.*\n")
        .doesNotContain("hush", "Exception");
  }

  @Test
  void showsEverySettingAndWhereItCameFrom() throws Exception {
    write(
        "mainstay.yaml",
        "http:\n  port: 1234\njwt: {secret: a secret of at least thirty-two bytes}\n");
    cli.environment.put("MAINSTAY_REST_MAX_ROWS", "7");
    Outcome outcome = cli.run("config", "--host", "0.0.0.0", "--set", "log.level=debug");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .contains(
            "SETTING|VALUE|FROM",
            "http.port|1234|" + folder + "/mainstay.yaml:2",
            "http.host|0.0.0.0|--host",
            "rest.max_rows|7|MAINSTAY_REST_MAX_ROWS",
            "log.level|debug|--set log.level",
            "data|" + folder + "/data|default",
            "jwt.secret|***|" + folder + "/mainstay.yaml:3");
  }

  @Test
  void makesTokensOnlyOfSecretsThatAreThere() throws Exception {
    write("backend.yaml", MODEL);
    assertThat(cli.run("keys", "show"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: There are no secrets in "
                    + folder
                    + "/data yet; `mainstay serve` makes them\n"));
    assertThat(cli.run("keys", "list"))
        .isEqualTo(
            new Outcome(
                1, "", "mainstay: There is no database there yet; `mainstay serve` makes it\n"));
    assertThat(folder.resolve("data")).doesNotExist();
    cli.environment.put("MAINSTAY_JWT_SECRET", "a secret of at least thirty-two bytes");
    Outcome token =
        cli.run(
            "keys", "token", "--claim", "sub=u1", "--claims", "{\"org\":[7]}", "--minutes", "2");
    assertThat(payload(token.out()))
        .matches(
            "\\{\"iss\":\"mainstay\",\"role\":\"authenticated\",\"iat\":\\d+,\"exp\":\\d+,"
                + "\"org\":\\[7],\"sub\":\"u1\"}");
    assertThat(cli.run("keys", "token", "--role", "editor"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: The model " + folder + "/backend.yaml declares no role 'editor'\n"));
    assertThat(cli.run("keys", "token", "--claims", "[]").status()).isEqualTo(1);
  }

  private static String payload(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }
}
