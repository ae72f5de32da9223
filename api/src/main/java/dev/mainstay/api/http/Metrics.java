package dev.mainstay.api.http;

import dev.mainstay.core.engine.ByteBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// What Prometheus may ask for. Its page wants the service key, unless it is said to be open: who
/// sits on the same machine is no proof of anything behind a proxy.
public final class Metrics implements Access.Log, AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Requests, Timer> requests = new ConcurrentHashMap<>();
  private final Map<String, Timer> stages = new ConcurrentHashMap<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /// Labels of which clients cannot make up new values.
  private record Requests(String method, String route, int status) {}

  public Metrics(ByteBudget budget, IntSupplier running) {
    Gauge.builder("mainstay.bytes.held", budget, ByteBudget::held)
        .description("Bytes of bodies and answers in flight")
        .register(registry);
    Gauge.builder("mainstay.requests.running", running::getAsInt)
        .description("Requests being worked on")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  @Override
  public void over(Access access) {
    var key = new Requests(access.method(), access.route(), access.status());
    requests.computeIfAbsent(key, this::timer).record(access.nanos(), TimeUnit.NANOSECONDS);
    for (Access.Stage stage : access.stages()) {
      stages.computeIfAbsent(stage.name(), this::stage).record(stage.nanos(), TimeUnit.NANOSECONDS);
    }
  }

  /// Where other modules put what they count.
  public MeterRegistry registry() {
    return registry;
  }

  /// The page, for those who have the service key.
  public Page page(Authenticator authenticator) {
    return request -> {
      boolean isOperator;
      try {
        isOperator = authenticator.isOperator(request.headers());
      } catch (dev.mainstay.core.problem.ProblemException e) {
        return Plain.refuse(e.problem());
      }
      return isOperator
          ? open().answer(request)
          : Plain.error(
              401,
              "no_service_key",
              "Metrics are for the service key",
              "Send it as `apikey` or as a bearer token, or set `http.metrics: open`.");
    };
  }

  /// The page, for everybody.
  public Page open() {
    return request ->
        new Response(
            200,
            List.of(
                new Response.Header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")),
            new Response.Body.Bytes(registry.scrape().getBytes(StandardCharsets.UTF_8)),
            0);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  private Timer timer(Requests key) {
    return Timer.builder("mainstay.http.requests")
        .description("Requests, by what they asked for and how it went")
        .tag("method", key.method())
        .tag("route", key.route())
        .tag("status", Integer.toString(key.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Timer stage(String name) {
    return Timer.builder("mainstay.http.stage")
        .description("Time per stage of a request")
        .tag("stage", name)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
