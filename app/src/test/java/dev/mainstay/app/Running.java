package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.app.config.Given;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The whole server in this process, on a free port and SQLite, with a client for it.
final class Running implements AutoCloseable {
  final Server server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Running(Server server) {
    this.server = server;
  }

  /// @param settings by key, over the defaults
  static Running serve(Path project, Path data, Map<String, String> settings) {
    return serve(project, data, settings, server -> server);
  }

  /// One that takes up the model file whenever it is saved, and says so.
  static Running watch(
      Path project, Path data, Map<String, String> settings, StringWriter out, StringWriter err) {
    Terminal terminal = new Cli(project, project).terminal(out, err);
    return serve(project, data, settings, server -> server.watching(terminal));
  }

  private static Running serve(
      Path project, Path data, Map<String, String> settings, UnaryOperator<Server> more) {
    var flags = new HashMap<String, Given>();
    flags.put("http.port", ConfigReader.flag("test", "0"));
    flags.put("data", ConfigReader.flag("test", data.toString()));
    flags.put("log.level", ConfigReader.flag("test", "error"));
    settings.forEach((key, value) -> flags.put(key, ConfigReader.flag("test", value)));
    Config config = ConfigReader.read(project, null, Map.of(), flags, 1L << 30);
    var terminal = new Cli(project, project).terminal(new StringWriter(), new StringWriter());
    return new Running(more.apply(Server.start(config, terminal)));
  }

  String anon() {
    return server.keyFor("anon");
  }

  String service() {
    return server.keyFor("service_role");
  }

  HttpRequest.Builder to(String path, @Nullable String key) {
    var request = HttpRequest.newBuilder(URI.create(server.url() + path));
    return key == null ? request : request.header("apikey", key);
  }

  HttpResponse<String> get(String path, @Nullable String key) throws Exception {
    return send(to(path, key));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.stop();
  }
}
