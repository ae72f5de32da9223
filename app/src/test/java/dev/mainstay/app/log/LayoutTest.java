package dev.mainstay.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.mainstay.api.http.Access;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final Access ACCESS =
      new Access(
          "GET",
          "/rest/v1/{table}",
          200,
          "anon",
          5,
          0,
          812,
          List.of(new Access.Stage("auth", 51_000), new Access.Stage("execute", 2_400_000)),
          3_149_000,
          false,
          null);
  private static final Access BROKEN =
      new Access("POST", "none", 500, null, 0, 7, 1, List.of(), 900, true, "00ff");

  @Test
  void printsOneLineForPeople() {
    assertThat(text(event("request", ACCESS)))
        .isEqualTo("GET /rest/v1/{table} 200 5 rows 812 B 3.1 ms (auth 0.1, execute 2.4) anon\n");
    assertThat(text(event("request", BROKEN)))
        .isEqualTo("POST none 500 0 rows 1 B 0.0 ms gone incident 00ff\n");
    assertThat(text(event("serves {} tables", 11))).isEqualTo("serves 11 tables\n");
  }

  @Test
  void printsOneObjectForMachines() {
    var layout = new JsonLayout();
    assertThat(layout.doLayout(event("request", ACCESS)))
        .isEqualTo(
            "{\"time\":\"2026-11-21T07:46:01.123Z\",\"level\":\"info\",\"message\":\"request\","
                + "\"method\":\"GET\",\"route\":\"/rest/v1/{table}\",\"status\":200,\"role\":\"anon\","
                + "\"rows\":5,\"received\":0,\"sent\":812,\"ms\":3.149,"
                + "\"stages\":{\"auth\":0.051,\"execute\":2.4}}\n");
    assertThat(layout.doLayout(event("a \"quote\"\nand {}", "more")))
        .isEqualTo(
            "{\"time\":\"2026-11-21T07:46:01.123Z\",\"level\":\"info\","
                + "\"message\":\"a \\\"quote\\\"\\nand more\",\"logger\":\"test\"}\n");
  }

  /// Without the time, which is the machine's own.
  private static String text(LoggingEvent event) {
    return new TextLayout().doLayout(event).substring("07:46:01.123 ".length());
  }

  private static LoggingEvent event(String message, @Nullable Object argument) {
    var logger = new LoggerContext().getLogger("test");
    var event =
        new LoggingEvent("here", logger, Level.INFO, message, null, new Object[] {argument});
    event.setInstant(Instant.parse("2026-11-21T07:46:01.123Z"));
    return event;
  }
}
