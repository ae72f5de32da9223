package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What the REST guide shows works as it stands, on each engine: its shell lines run in the order
/// of the page beside a server of the Chinook example, and print what stands below them.
final class RestGuideTest {
  private static final Path GUIDE = Path.of("../docs/rest.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```sh\n(.*?)```\n(?:\n```(json|text)\n(.*?)```)?", Pattern.DOTALL);

  @TempDir Path project;
  @TempDir Path data;

  @TestFactory
  List<DynamicTest> worksOnSqlite() throws Exception {
    return examples(Map.of());
  }

  @TestFactory
  List<DynamicTest> worksOnPostgres() throws Exception {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    return examples(Map.of("database.url", address));
  }

  private List<DynamicTest> examples(Map<String, String> more) throws Exception {
    Example.copyTo(project);
    var settings = new HashMap<>(more);
    settings.put("rest.aggregates", "true");
    Running running = Running.serve(project, data, settings);
    String token =
        new Cli(project, project)
            .run(
                "keys", "token", "--data", data.toString(), "--claim", "email=luisg@embraer.com.br")
            .out()
            .strip();
    var environment =
        Map.of(
            "URL", running.server.url(),
            "ANON", running.anon(),
            "SERVICE", running.service(),
            "TOKEN", token);
    String guide = Files.readString(GUIDE);
    var tests = new ArrayList<DynamicTest>();
    for (MatchResult example : EXAMPLE.matcher(guide).results().toList())
      tests.add(
          DynamicTest.dynamicTest(
              "line " + (guide.substring(0, example.start()).lines().count() + 1),
              () -> run(example, environment)));
    assertThat(tests).hasSizeGreaterThan(20);
    tests.add(DynamicTest.dynamicTest("the server stops", running::close));
    return tests;
  }

  private static void run(MatchResult example, Map<String, String> environment) throws Exception {
    String printed = bash("curl() { command curl -sS \"$@\"; }\n" + example.group(1), environment);
    if (example.group(2) == null) assertThat(printed).isEmpty();
    else if (example.group(2).equals("json"))
      assertThat(compact(printed)).isEqualTo(compact(example.group(3)));
    else assertThat(printed.replace("\r", "").strip()).isEqualTo(example.group(3).strip());
  }

  private static String bash(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  /// Numbers and the order of keys as they stand, without the blanks.
  private static String compact(String json) {
    try (var parser = JsonMapper.shared().createParser(json);
        var writer = new java.io.StringWriter();
        var generator = JsonMapper.shared().createGenerator(writer)) {
      while (parser.nextToken() != null) generator.copyCurrentEventExact(parser);
      generator.flush();
      return writer.toString();
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }
}
