package dev.mainstay.api.rest;

import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.core.engine.Reply;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A response as SQL of the database's own wants it, with `response.status` and `response.headers`
/// (`WIRE.md` §1.19). What was written stays written even when these make no sense.
final class Overruled {
  private static final Pattern STATUS = Pattern.compile("[2-5][0-9][0-9]");
  private static final Set<Integer> BODILESS = Set.of(204, 304);

  private Overruled() {}

  static Response by(Reply reply, Response response) {
    if (reply.equals(Reply.NONE)) return response;
    List<Header> wanted = reply.headers() == null ? List.of() : headers(reply.headers());
    if (wanted == null)
      return refused(
          "PGRST111",
          "response.headers guc must be a JSON array composed of objects with a single key and a"
              + " string value");
    String status = reply.status();
    if (status != null && !STATUS.matcher(status).matches())
      return refused("PGRST112", "response.status guc must be a valid status code");
    int code = status == null ? response.status() : Integer.parseInt(status);
    return new Response(
        code,
        merged(response.headers(), wanted),
        BODILESS.contains(code) ? new Body.Empty() : response.body(),
        response.rows());
  }

  /// A header that the database sets takes the place of ours.
  private static List<Header> merged(List<Header> ours, List<Header> wanted) {
    Set<String> names =
        wanted.stream().map(Overruled::lowerCase).collect(Collectors.toUnmodifiableSet());
    List<Header> merged = new ArrayList<>();
    for (Header header : ours) if (!names.contains(lowerCase(header))) merged.add(header);
    merged.addAll(wanted);
    return merged;
  }

  private static String lowerCase(Header header) {
    return header.name().toLowerCase(Locale.ROOT);
  }

  /// Null when the text is not what it has to be.
  private static @Nullable List<Header> headers(String json) {
    JsonNode array;
    try {
      array = JsonText.parse(json);
    } catch (ProblemException e) {
      return null;
    }
    if (!array.isArray()) return null;
    List<Header> headers = new ArrayList<>();
    for (JsonNode object : array) {
      List<Header> one = Raised.headers(object);
      if (one == null || one.size() != 1) return null;
      headers.addAll(one);
    }
    return headers;
  }

  private static Response refused(String code, String message) {
    return Refusals.response(new ProblemBody(500, code, message, null, null, null), List.of());
  }
}
