package PACKAGE.rest;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import tools.jackson.core.type.TypeReference;

/** A server's REST API, as one caller sees one schema of it. Safe for many threads. */
public final class Connection {
  final URI address;
  final String key;
  final String token;
  final String schema;
  final HttpClient http;

  private Connection(URI address, String key, String token, String schema, HttpClient http) {
    this.address = address;
    this.key = key;
    this.token = token;
    this.schema = schema;
    this.http = http;
  }

  /**
   * @param address of the REST API, such as {@code http://127.0.0.1:8787/rest/v1}
   * @param key the application's
   */
  public static Connection to(URI address, String key) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    return new Connection(address, key, key, "public", http);
  }

  /** The same for somebody who has signed in. */
  public Connection as(String other) {
    return new Connection(address, key, other, schema, http);
  }

  /** The same for another schema. */
  public Connection in(String other) {
    return new Connection(address, key, token, other, http);
  }

  /** The same through another client. */
  public Connection through(HttpClient other) {
    return new Connection(address, key, token, schema, other);
  }

  Request request(String method, String name) {
    return new Request(this, method, name);
  }

  /** Calls a function for its effect. */
  public void call(String function, Arguments arguments) {
    request("POST", "rpc/" + function).body(arguments.values).nothing();
  }

  /** Calls a function, and answers its value. */
  public <T> T call(String function, Arguments arguments, TypeReference<T> type) {
    return request("POST", "rpc/" + function).body(arguments.values).value(type);
  }

  /** Calls a function that answers rows, of which it asks for these columns. */
  public <T> T call(String function, String columns, Arguments arguments, TypeReference<T> type) {
    return request("POST", "rpc/" + function)
        .parameter("select", columns)
        .body(arguments.values)
        .value(type);
  }

  /** Calls a function that takes a body as it is, and answers what it answers. */
  public <T> T send(String function, String mediaType, Object body, TypeReference<T> type) {
    return request("POST", "rpc/" + function).body(mediaType, body).value(type);
  }
}
