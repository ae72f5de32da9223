package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Turn;
import dev.mainstay.api.openapi.Descriptions;
import dev.mainstay.api.rest.RestEndpoint;
import dev.mainstay.api.rest.RestSettings;
import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Occasion;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Scenario;
import dev.mainstay.testkit.Statements;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes requests of the REST endpoint, without a socket.
final class RestCall {
  private final Backend backend;
  private final Engine engine;
  private final RestEndpoint endpoint;

  RestCall(Backend backend) {
    this(backend, RestSettings.DEFAULT, backend.engine());
  }

  RestCall(Backend backend, RestSettings settings) {
    this(backend, settings, backend.engine());
  }

  /// @param engine the backend's own, or one in front of it
  RestCall(Backend backend, RestSettings settings, Engine engine) {
    this.backend = backend;
    this.engine = engine;
    this.endpoint = new RestEndpoint(settings, new Descriptions(() -> Described.SURFACE), null);
  }

  /// @param statements those that ran for it
  record Answer(int status, List<Response.Header> headers, String body, List<String> statements) {
    String text() {
      return status + "\n" + body;
    }

    @Nullable String header(String name) {
      for (Response.Header header : headers)
        if (header.name().equalsIgnoreCase(name)) return header.value();
      return null;
    }
  }

  Answer make(Scenario scenario, Caller.Outside caller) {
    return make(
        scenario.method(),
        scenario.target(),
        scenario.headers(),
        scenario.body().getBytes(UTF_8),
        caller);
  }

  Answer make(
      String method,
      String target,
      Map<String, String> headers,
      byte[] body,
      Caller.Outside caller) {
    int mark = target.indexOf('?');
    Map<String, List<String>> lowerCase = new HashMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Request request =
        new Request(
            method,
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? null : target.substring(mark + 1),
            new Headers(lowerCase),
            body);
    Statements statements = new Statements();
    try (ByteBudget.Lease lease = backend.budget().lease()) {
      Turn turn =
          new Turn(
              new Served(backend.planner(), engine),
              caller,
              new Allowance(
                  Duration.ofSeconds(30),
                  lease,
                  statements,
                  new Occasion(method, request.path(), lowerCase)));
      Response response = answer(request, turn);
      return new Answer(
          response.status(),
          response.headers(),
          method.equals("HEAD") ? "" : text(response.body()),
          statements.texts());
    }
  }

  private Response answer(Request request, Turn turn) {
    try {
      return endpoint.answer(request, turn);
    } catch (ProblemException refused) {
      return endpoint.refuse(refused.problem(), request, turn.caller());
    }
  }

  private static String text(Response.Body body) {
    return switch (body) {
      case Response.Body.Empty() -> "";
      case Response.Body.Bytes(byte[] bytes) -> new String(bytes, UTF_8);
      case Response.Body.JsonArray(List<byte[]> rows) ->
          String.join(",", rows.stream().map(row -> new String(row, UTF_8)).toList())
              .transform(text -> "[" + text + "]");
      case Response.Body.Lines(List<byte[]> lines) ->
          String.join("\n", lines.stream().map(line -> new String(line, UTF_8)).toList());
    };
  }
}
