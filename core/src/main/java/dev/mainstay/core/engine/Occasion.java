package dev.mainstay.core.engine;

import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.JsonText;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a client's request is, for a database whose own SQL asks for that (`WIRE.md` §1.19).
///
/// @param path below the endpoint's prefix, percent-encoded
/// @param headers names in lower case, each with its values in the order they came
/// @param schema where the request looks for names, or null
/// @param zone whose clocks it wants to see points in time on, or null
/// @param first a function of the database's own that goes ahead of it, in the same transaction and
///   as the same role, or null
public record Occasion(
    String method,
    String path,
    Map<String, List<String>> headers,
    @Nullable String schema,
    @Nullable ZoneId zone,
    @Nullable TableName first) {
  /// Work that no client asked for.
  public static final Occasion NONE = new Occasion("", "", Map.of());

  private static final String COOKIES = "cookie";

  public Occasion(String method, String path, Map<String, List<String>> headers) {
    this(method, path, headers, null, null, null);
  }

  public Occasion inSchema(String name) {
    return new Occasion(method, path, headers, name, zone, first);
  }

  public Occasion inZone(@Nullable ZoneId other) {
    return new Occasion(method, path, headers, schema, other, first);
  }

  public Occasion behind(TableName function) {
    return new Occasion(method, path, headers, schema, zone, function);
  }

  /// The headers but for cookies, as a JSON object of texts; of several values the last.
  public String headersJson() {
    Map<String, String> texts = new TreeMap<>();
    headers.forEach(
        (name, values) -> {
          if (!name.equals(COOKIES) && !values.isEmpty()) texts.put(name, values.getLast());
        });
    return json(texts);
  }

  /// The cookies, as a JSON object of texts.
  public String cookiesJson() {
    Map<String, String> texts = new TreeMap<>();
    for (String header : headers.getOrDefault(COOKIES, List.of()))
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0)
          texts.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    return json(texts);
  }

  private static String json(Map<String, String> texts) {
    StringBuilder json = new StringBuilder("{");
    texts.forEach(
        (name, value) -> {
          if (json.length() > 1) json.append(',');
          JsonText.quote(json, name);
          json.append(':');
          JsonText.quote(json, value);
        });
    return json.append('}').toString();
  }
}
