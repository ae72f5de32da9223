package dev.mainstay.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Loopback;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.core.testing.Answered;
import dev.mainstay.core.testing.Call;
import dev.mainstay.core.testing.Kept;
import dev.mainstay.core.testing.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns what a test says into a request as a client sends it.
record Requests(Credentials credentials) {
  private static final String CONTENT_TYPE = "Content-Type";

  Request of(Step step, Kept kept) {
    Call call = step.call();
    String target = kept.target(call.target());
    int mark = target.indexOf('?');
    Call.@Nullable Body body = call.body();
    Map<String, String> headers = headers(step, kept);
    var lowerCase = new HashMap<String, List<String>>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new Request(
        call.method(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        new Headers(lowerCase),
        body == null ? new byte[0] : text(body, kept).getBytes(UTF_8));
  }

  static Answered read(Loopback.Answer answer) {
    var headers = new HashMap<String, String>();
    for (Response.Header header : answer.headers())
      headers.merge(header.name(), header.value(), (one, other) -> one + ", " + other);
    return new Answered(answer.status(), headers, new String(answer.body(), UTF_8));
  }

  private Map<String, String> headers(Step step, Kept kept) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(credentials.headers(step.as()));
    Call call = step.call();
    if (call.body() != null) headers.put(CONTENT_TYPE, "application/json");
    if (!call.prefer().isEmpty()) headers.put("Prefer", String.join(", ", call.prefer()));
    call.headers()
        .forEach(
            (name, value) -> {
              if (value == null) headers.remove(name);
              else headers.put(name, kept.text(value));
            });
    return headers;
  }

  private static String text(Call.Body body, Kept kept) {
    return switch (body) {
      case Call.Body.Json json -> kept.json(json.value()).toString();
      case Call.Body.Text text -> kept.text(text.text());
    };
  }
}
