package dev.mainstay.app;

import static dev.mainstay.app.RestScenarios.STRANGER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Scenario;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Whatever a request says, it is answered, or refused as its caller's fault: never with a bug, in
/// JSON that can be read, with no more statements than its kind needs.
///
/// Here the seeds alone are sent, which are the scenarios; `./fuzz` goes on from those.
class RequestFuzzTest {
  /// A count has one of its own, and a write reads what it wrote and checks it.
  private static final int STATEMENTS = 8;

  /// PostgREST's 500s: a function that raises what is no answer, and rows that overwrite each
  /// other.
  private static final Pattern MEANT = Pattern.compile("\\{\"code\":\"(PGRST121|21000)\",.*");

  private static Backend rows;
  private static Backend noRows;
  private static RestCall whole;
  private static RestCall empty;

  @BeforeAll
  static void open() {
    rows = World.MUSIC.open(new OnSqlite());
    noRows = World.MUSIC.empty(new OnSqlite());
    whole = new RestCall(rows, World.MUSIC.settings(), new Undone(rows.engine()));
    empty = new RestCall(noRows, World.MUSIC.settings(), new Undone(noRows.engine()));
  }

  @AfterAll
  static void close() {
    rows.close();
    noRows.close();
  }

  @MethodSource("requests")
  @FuzzTest
  void request(byte[] text) {
    Sent sent = Sent.read(new String(text, ISO_8859_1));
    Caller.Outside caller = RestScenarios.CALLERS.getOrDefault(sent.caller(), STRANGER);
    check(sent, sent.to(whole, caller));
    RestCall.Answer unseen = sent.to(whole, STRANGER);
    check(sent, unseen);
    assertThat(unseen.text())
        .as("what a stranger is told, as by a database without rows")
        .isEqualTo(sent.to(empty, STRANGER).text());
  }

  private static void check(Sent sent, RestCall.Answer answer) {
    boolean isMeant =
        sent.asksToBeRefused()
            || (answer.status() == 500 && MEANT.matcher(answer.body()).matches());
    if (!isMeant) assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
    String type = answer.header("Content-Type");
    if (type != null && type.contains("json") && !answer.body().isEmpty())
      assertThat(JsonMapper.shared().readTree(answer.body()).isMissingNode()).isFalse();
    // SQLite upserts row by row, with the same few statements.
    assertThat(answer.statements().stream().distinct()).hasSizeLessThanOrEqualTo(STATEMENTS);
  }

  /// A request as text: `alice GET /tracks?id=eq.1`, a line for each header, an empty line and the
  /// body.
  private record Sent(
      String caller, String method, String target, Map<String, String> headers, byte[] body) {
    /// Whether it calls the function that raises whatever code it is given.
    boolean asksToBeRefused() {
      return target.startsWith("/rpc/") && target.contains("refuse");
    }

    static Sent read(String text) {
      int end = text.indexOf("\n\n");
      String[] lines = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
      String[] words = (lines[0] + "   ").split(" ", -1);
      Map<String, String> headers = new LinkedHashMap<>();
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        if (colon > 0)
          headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
      }
      return new Sent(
          words[0],
          words[1],
          words[2].startsWith("/") ? words[2] : "/" + words[2],
          headers,
          text.substring(end < 0 ? text.length() : end + 2).getBytes(ISO_8859_1));
    }

    RestCall.Answer to(RestCall call, Caller.Outside caller) {
      return call.make(method, target, headers, body, caller);
    }

    static String write(Scenario scenario) {
      StringBuilder text = new StringBuilder();
      text.append(scenario.caller()).append(' ').append(scenario.method());
      text.append(' ').append(scenario.target()).append('\n');
      scenario.headers().forEach((name, value) -> text.append(name + ": " + value + "\n"));
      return text.append('\n').append(scenario.body()).toString();
    }
  }

  static Stream<byte[]> requests() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(RestScenarios.class.getResource("scenarios")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return names.stream()
          .filter(name -> name.endsWith(".txt"))
          .flatMap(name -> Scenario.read(RestScenarios.class, "scenarios/" + name).stream())
          .map(scenario -> Sent.write(scenario).getBytes(UTF_8));
    }
  }
}
