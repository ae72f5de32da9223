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
      Pattern.compile("`eq\\.(.*)`, with one of ([a-z, ]+); `not\\.` before it denies it\\.$");

  private static final Pattern EMBED = Pattern.compile("^- `(.+)\\(\\*\\)`: ", Pattern.MULTILINE);

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
    switch (operation.getKey()) {
      case "get" -> read(path, details);
      case "post" -> insert(path, details);
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
    List<String> columns = columns(rows);
    for (JsonNode parameter : operation.get("parameters")) {
      JsonNode known = resolved(parameter);
      String name = known.get("name").asString();
      if (known.get("in").asString().equals("header")) {
        Map<String, String> header = Map.of(name, name.equals("Range") ? "0-0" : "count=exact");
        assertAnswers(call("GET", path, header, null), rows, 200, 206);
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

  // ── writes ──

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
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (body != null) all.put("Content-Type", "application/json");
    byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(UTF_8);
    last = method + " " + target + " " + headers;
    return rest.make(method, target, all, bytes, caller);
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
