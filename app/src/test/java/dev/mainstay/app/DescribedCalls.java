package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mainstay.core.plan.Caller;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The requests that an OpenAPI 3.1 description tells of, made.
final class DescribedCalls {
  /// How a filter is described: an example, then the operators.
  private static final Pattern FILTER =
      Pattern.compile(
          "`(?:eq|wfts)\\.(.*)`, with one of ([a-z, ]+); `not\\.` before it denies it\\.$");

  private static final Pattern PREFER = Pattern.compile("^- `(.+?)`: ", Pattern.MULTILINE);

  private static final Pattern EMBED = Pattern.compile("^- `(.+)\\(\\*\\)`: ", Pattern.MULTILINE);

  private static final String FORM = "application/x-www-form-urlencoded";

  private final JsonNode description;
  private final RestCall rest;
  private final Caller.Outside caller;
  private final Map<String, Schema> schemas = new HashMap<>();
  private String last = "";

  DescribedCalls(JsonNode description, RestCall rest, Caller.Outside caller) {
    this.description = description;
    this.rest = rest;
    this.caller = caller;
  }

  void all() {
    description
        .get("paths")
        .properties()
        .forEach(path -> path.getValue().properties().forEach(op -> operation(path.getKey(), op)));
  }

  private void operation(String path, Map.Entry<String, JsonNode> operation) {
    JsonNode details = operation.getValue();
    if (path.startsWith("/rpc/")) {
      function(operation.getKey(), path, details);
      return;
    }
    switch (operation.getKey()) {
      case "get" -> read(path, details);
      case "post" -> insert(path, details);
      case "put" -> put(path, details);
      case "patch" -> change("PATCH", path, details);
      case "delete" -> change("DELETE", path, details);
      default -> throw new AssertionError("nobody tries " + operation.getKey());
    }
  }

  // ── reads ──

  private void read(String path, JsonNode operation) {
    JsonNode rows = operation.at("/responses/200");
    assertAnswers(call("GET", path, Map.of(), null), rows, 200);
    assertAnswers(call("HEAD", path, Map.of(), null), null, 200);
    forms(path, Map.of(), null, rows);
    List<String> columns = columns(rows);
    for (JsonNode parameter : operation.get("parameters")) {
      JsonNode known = resolved(parameter);
      String name = known.get("name").asString();
      if (known.get("in").asString().equals("header")) {
        for (String value : headers(known))
          assertAnswers(call("GET", path, Map.of(name, value), null), rows, 200, 206);
      } else if (parameter.get("$ref").asString().contains(".filter.")) {
        for (String filter : filters(known)) assertAnswers(get(path, name, filter), rows, 200);
      } else assertAnswers(get(path, name, value(name, columns)), rows, 200);
    }
    JsonNode words = operation.get("description");
    if (words != null)
      for (var embed : EMBED.matcher(words.asString()).results().toList())
        assertAnswers(get(path, "select", "*,along:" + embed.group(1) + "(*)"), rows, 200);
  }

  private static String value(String parameter, List<String> columns) {
    String column = columns.getFirst();
    return switch (parameter) {
      case "select", "columns" -> "*";
      case "or", "and" -> "(" + column + ".is.null," + column + ".not.is.null)";
      case "order" -> column + ".desc.nullslast";
      case "limit", "offset" -> "1";
      default -> throw new AssertionError("nobody tries " + parameter);
    };
  }

  /// The columns as a query string writes them.
  private List<String> columns(JsonNode rows) {
    JsonNode row = resolved(resolved(rows).at("/content/application~1json/schema/items"));
    List<String> columns = new ArrayList<>();
    for (String name : row.get("properties").propertyNames())
      columns.add(name.matches("\\w+") ? name : "\"" + name + "\"");
    return columns;
  }

  private static List<String> filters(JsonNode parameter) {
    Matcher matcher = FILTER.matcher(parameter.get("description").asString());
    assertThat(matcher.find()).as(parameter.toString()).isTrue();
    String example = matcher.group(1);
    List<String> filters = new ArrayList<>();
    for (String operator : matcher.group(2).split(", ", -1)) {
      String value =
          switch (operator) {
            case "in" -> "(\"" + example.replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
            case "is" -> "null";
            default -> example;
          };
      filters.add(operator + "." + value);
      filters.add("not." + operator + "." + value);
    }
    return filters;
  }

  private static List<String> headers(JsonNode parameter) {
    return switch (parameter.get("name").asString()) {
      case "Range" -> List.of("0-0");
      case "If-None-Match" -> List.of("\"other\"");
      case "Prefer" ->
          PREFER
              .matcher(parameter.get("description").asString())
              .results()
              .map(line -> line.group(1))
              .toList();
      default -> throw new AssertionError("nobody tries " + parameter);
    };
  }

  /// Each form of an answer, asked for. There need not be exactly one row.
  private void forms(
      String target, Map<String, String> headers, @Nullable JsonNode body, JsonNode response) {
    resolved(response)
        .get("content")
        .properties()
        .forEach(
            form -> {
              Map<String, String> all = new LinkedHashMap<>(headers);
              all.put("Accept", form.getKey());
              var answer = call(body == null ? "GET" : "POST", target, all, body);
              if (form.getKey().contains("object") && answer.status() == 406) return;
              assertThat(answer.status()).as("%s: %s", last, answer.body()).isIn(200, 201, 409);
              if (answer.status() == 409) return;
              String type = form.getKey().split(";", 2)[0];
              assertThat(answer.header("Content-Type")).as(last).startsWith(type);
              if (!type.endsWith("json")) return;
              JsonNode json = JsonMapper.shared().readTree(answer.body());
              assertThat(faults(json, form.getValue().get("schema"))).as(last).isEmpty();
            });
  }

  // ── functions ──

  private void function(String method, String path, JsonNode operation) {
    JsonNode post = description.get("paths").get(path).get("post");
    JsonNode examples = post.at("/requestBody/content/application~1json/examples");
    JsonNode answered = operation.get("responses").get("200");
    int status = answered == null ? 204 : 200;
    if (examples.isMissingNode()) {
      String form = post.at("/requestBody/content").propertyNames().iterator().next();
      var answer = send(method.toUpperCase(Locale.ROOT), path, Map.of(), form, "{\"key\":[1]}");
      assertAnswers(answer, answered, status);
      return;
    }
    for (JsonNode example : examples) {
      JsonNode arguments = example.get("value");
      JsonNode body = method.equals("post") ? arguments : null;
      String target = body == null ? target(path, arguments) : path;
      String verb = body == null ? "GET" : "POST";
      assertAnswers(call(verb, target, Map.of(), body), answered, status);
      if (body != null)
        assertAnswers(
            send(verb, path, Map.of(), FORM, target("", arguments).substring(1)), answered, status);
      if (answered != null) forms(target, Map.of(), body, answered);
      for (String prefer : preferences(operation))
        assertThat(call(verb, target, Map.of("Prefer", prefer), body).status())
            .as(last)
            .isIn(status, 206, prefer.contains("max-affected") ? 400 : status);
    }
  }

  private static String target(String path, JsonNode values) {
    StringBuilder target = new StringBuilder(path).append('?');
    values
        .properties()
        .forEach(
            value ->
                target
                    .append(target.toString().endsWith("?") ? "" : "&")
                    .append(URLEncoder.encode(value.getKey(), UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(text(value.getValue()), UTF_8)));
    return target.toString();
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : value.toString();
  }

  private List<String> preferences(JsonNode operation) {
    for (JsonNode parameter : operation.get("parameters")) {
      JsonNode known = resolved(parameter);
      if (known.get("name").asString().equals("Prefer")) return headers(known);
    }
    throw new AssertionError("no preferences of " + operation);
  }

  // ── writes ──

  /// Each form of the body and each preference; what comes back is said to.
  private void written(String method, String target, JsonNode operation) {
    JsonNode responses = operation.get("responses");
    JsonNode contents = operation.at("/requestBody/content");
    String first = null;
    if (!contents.isMissingNode())
      for (var content : contents.properties()) {
        String type = content.getKey();
        String text =
            switch (type) {
              case "application/json" -> content.getValue().at("/examples/one/value").toString();
              case FORM -> target("", content.getValue().get("example")).substring(1);
              case "text/csv" -> content.getValue().get("example").asString();
              default -> throw new AssertionError("nobody tries " + type);
            };
        if (first == null) first = text;
        assertTold(send(method, target, Map.of(), type, text), responses);
      }
    for (String prefer : preferences(operation)) {
      Map<String, String> headers = Map.of("Prefer", prefer);
      var answer =
          first == null
              ? call(method, target, headers, null)
              : send(method, target, headers, "application/json", first);
      assertTold(answer, responses);
      if (answer.status() < 300 && prefer.equals("return=representation"))
        assertAnswers(answer, responses.get("" + answer.status()), answer.status());
    }
  }

  private void assertTold(RestCall.Answer answer, JsonNode responses) {
    if (!answer.body().contains("PGRST124"))
      assertThat(answer.status()).as("%s: %s", last, answer.body()).isIn(200, 201, 204, 403, 409);
    assertThat(responses.has("" + answer.status())).as("%s: %s", last, answer.status()).isTrue();
  }

  private void put(String path, JsonNode operation) {
    StringBuilder target = new StringBuilder(path);
    for (JsonNode parameter : operation.get("parameters"))
      if (!parameter.has("$ref"))
        target
            .append(target.indexOf("?") < 0 ? '?' : '&')
            .append(URLEncoder.encode(parameter.get("name").asString(), UTF_8))
            .append('=')
            .append(URLEncoder.encode(parameter.get("example").asString(), UTF_8));
    written("PUT", target.toString(), operation);
  }

  private void insert(String path, JsonNode operation) {
    JsonNode added = operation.at("/responses/201");
    JsonNode content = operation.at("/requestBody/content/application~1json");
    for (JsonNode example : content.get("examples")) {
      JsonNode body = example.get("value");
      assertThat(faults(body, content.get("schema"))).isEmpty();
      for (String prefer : List.of("return=minimal", "return=representation")) {
        boolean returns = prefer.endsWith("representation");
        if (returns && added.get("content") == null) continue;
        RestCall.Answer answer = call("POST", path, Map.of("Prefer", prefer), body);
        assertAnswers(answer, returns ? added : null, 201, 409);
      }
    }
    written("POST", path, operation);
  }

  private void change(String method, String path, JsonNode operation) {
    JsonNode changed = operation.at("/responses/200");
    JsonNode content = operation.at("/requestBody/content/application~1json");
    JsonNode body = content.isMissingNode() ? null : content.at("/examples/one/value");
    if (body != null) assertThat(faults(body, content.get("schema"))).isEmpty();
    for (JsonNode parameter : operation.get("parameters")) {
      if (!parameter.get("$ref").asString().contains(".filter.")) continue;
      JsonNode filter = resolved(parameter);
      String target = target(path, filter.get("name").asString(), filters(filter).getFirst());
      assertAnswers(
          call(method, target, Map.of("Prefer", "return=representation"), body),
          changed,
          200,
          403,
          409);
      assertAnswers(call(method, target, Map.of(), body), null, 204, 403, 409);
      written(method, target, operation);
    }
  }

  // ── calls and answers ──

  private RestCall.Answer get(String path, String name, String value) {
    return call("GET", target(path, name, value), Map.of(), null);
  }

  private static String target(String path, String name, String value) {
    return path + "?" + URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
  }

  private RestCall.Answer call(
      String method, String target, Map<String, String> headers, @Nullable JsonNode body) {
    if (body != null) return send(method, target, headers, "application/json", body.toString());
    last = method + " " + target + " " + headers;
    return rest.make(method, target, headers, new byte[0], caller);
  }

  private RestCall.Answer send(
      String method, String target, Map<String, String> headers, String type, String body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", type);
    last = method + " " + target + " " + headers + " " + type + " " + body;
    return rest.make(method, target, all, body.getBytes(UTF_8), caller);
  }

  private void assertAnswers(
      RestCall.Answer answer, @Nullable JsonNode response, Integer... statuses) {
    assertThat(answer.status()).as("%s: %s", last, answer.body()).isIn((Object[]) statuses);
    if (response == null || answer.status() >= 300) return;
    JsonNode schema = resolved(response).at("/content/application~1json/schema");
    assertThat(faults(JsonMapper.shared().readTree(answer.body()), schema)).as(last).isEmpty();
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : description.at(reference.asString().substring(1));
  }

  private List<String> faults(JsonNode value, JsonNode schema) {
    return schemas
        .computeIfAbsent(schema.toString(), _ -> compiled(schema))
        .validate(value.toString(), InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }

  private Schema compiled(JsonNode schema) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.set("components", description.get("components"));
    whole.putArray("allOf").add(schema);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(whole.toString(), InputFormat.JSON);
  }
}
