package dev.mainstay.app;

import dev.mainstay.api.http.VertxEdge;
import dev.mainstay.app.config.Config;
import dev.mainstay.app.log.Logs;
import dev.mainstay.core.engine.InForce;
import dev.mainstay.services.keys.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that answers.
///
/// @param data where its data lives, for people
/// @param follower knows which model is served
/// @param workers what works beside the requests, and is closed first
/// @param resources what is closed last, in this order
record Server(
    Config config,
    String data,
    VertxEdge edge,
    InForce inForce,
    Tokens tokens,
    Follower follower,
    List<AutoCloseable> workers,
    List<AutoCloseable> resources) {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /// Starts one; whatever had been opened is closed again when that fails.
  static Server start(Config config, Terminal terminal) {
    boolean isText =
        switch (config.log().format()) {
          case "text" -> true;
          case "json" -> false;
          default -> terminal.isInteractive();
        };
    Logs.start(isText ? Logs.text() : Logs.json(), config.log().level());
    try {
      return Wiring.serve(config);
    } catch (RuntimeException e) {
      Logs.stop();
      throw e;
    }
  }

  /// The same, which takes up the model file whenever it is saved.
  Server watching(Terminal terminal) {
    List<AutoCloseable> all = new ArrayList<>(workers);
    all.add(ModelWatch.start(config, follower, terminal));
    return new Server(config, data, edge, inForce, tokens, follower, List.copyOf(all), resources);
  }

  /// The address to call it at.
  String url() {
    String host = config.http().host();
    if (host.equals("0.0.0.0") || host.equals("::")) host = "127.0.0.1";
    if (host.contains(":")) host = "[" + host + "]";
    return "http://" + host + ":" + edge.port();
  }

  /// The page to try the API on, with the project's own key for a role. What stands behind `#`
  /// stays in the browser.
  String docs(String role) {
    boolean isServed = config.rest().openApi() && config.http().docs();
    return isServed ? url() + "/docs#apikey=" + keyFor(role) : "";
  }

  String restPath() {
    return config.rest().path();
  }

  /// The project's own key for a role: a token that does not expire.
  String keyFor(String role) {
    return keyFor(tokens, role);
  }

  static String keyFor(Tokens tokens, String role) {
    var claims = new LinkedHashMap<String, String>();
    claims.put("iss", "mainstay");
    claims.put("role", role);
    return tokens.sign(claims);
  }

  /// Waits for the end of the process, which stops the server before it ends.
  void untilStopped() {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop();
                  stopped.countDown();
                },
                "stop"));
    try {
      stopped.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Lets what has begun finish, then closes everything.
  void stop() {
    LOG.info("stopping");
    edge.drain(config.http().drain());
    workers.forEach(Server::close);
    follower.close();
    edge.stop(config.http().stopTimeout());
    inForce.now().engine().close();
    resources.forEach(Server::close);
    LOG.info("stopped");
    Logs.stop();
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("{} did not close", resource, e);
    }
  }
}
