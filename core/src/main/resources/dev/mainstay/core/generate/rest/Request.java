package PACKAGE.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** One request, while it is put together. */
final class Request {
  private final Connection connection;
  private final String method;
  private final StringBuilder target;
  private final List<String> preferences = new ArrayList<>();
  private String accept = "application/json";
  private String mediaType;
  private byte[] body;

  Request(Connection connection, String method, String name) {
    this.connection = connection;
    this.method = method;
    this.target = new StringBuilder(connection.address.toString());
    if (target.charAt(target.length() - 1) == '/') target.setLength(target.length() - 1);
    for (String part : name.split("/", -1)) target.append('/').append(encoded(part));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Request parameter(String name, String value) {
    target.append(target.indexOf("?") < 0 ? '?' : '&');
    target.append(encoded(name)).append('=').append(encoded(value));
    return this;
  }

  Request prefer(String preference) {
    preferences.add(preference);
    return this;
  }

  Request body(Object value) {
    return body("application/json", value);
  }

  Request body(String type, Object value) {
    mediaType = type;
    if (type.equals("application/json")) body = Json.MAPPER.writeValueAsBytes(value);
    else if (value instanceof byte[] bytes) body = bytes;
    else body = value.toString().getBytes(StandardCharsets.UTF_8);
    return this;
  }

  <R> List<R> list(Class<R> type) {
    return read(Json.MAPPER.getTypeFactory().constructCollectionType(List.class, type));
  }

  <R> R single(Class<R> type) {
    accept = "application/vnd.pgrst.object+json";
    return read(Json.MAPPER.constructType(type));
  }

  <R> R value(TypeReference<R> type) {
    return read(Json.MAPPER.constructType(type));
  }

  void nothing() {
    send();
  }

  long count() {
    prefer("count=exact");
    String range = send().headers().firstValue("Content-Range").orElse("");
    return Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  private <R> R read(JavaType type) {
    byte[] answer = send().body();
    return answer.length == 0 ? null : Json.MAPPER.readValue(answer, type);
  }

  private HttpResponse<byte[]> send() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.toString()))
            .timeout(Duration.ofSeconds(60))
            .header("apikey", connection.key)
            .header("Authorization", "Bearer " + connection.token)
            .header("Accept", accept)
            .header("Accept-Profile", connection.schema);
    if (!method.equals("GET") && !method.equals("HEAD"))
      request.header("Content-Profile", connection.schema);
    if (mediaType != null) request.header("Content-Type", mediaType);
    if (!preferences.isEmpty()) request.header("Prefer", String.join(", ", preferences));
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    try {
      HttpResponse<byte[]> response =
          connection.http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) throw refusal(response.statusCode(), response.body());
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server was asked", e);
    }
  }

  private static RestException refusal(int status, byte[] answer) {
    try {
      JsonNode node = Json.MAPPER.readTree(answer);
      if (node != null && node.isObject())
        return new RestException(
            status,
            text(node, "code"),
            text(node, "message"),
            text(node, "details"),
            text(node, "hint"));
    } catch (JacksonException e) {
      // Something in between has answered.
    }
    String words = new String(answer, StandardCharsets.UTF_8);
    return new RestException(status, null, words.isBlank() ? "status " + status : words, null, null);
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) return null;
    return value.isString() ? value.stringValue() : value.toString();
  }
}
