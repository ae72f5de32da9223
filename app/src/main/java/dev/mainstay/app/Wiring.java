package dev.mainstay.app;

import dev.mainstay.api.docs.Docs;
import dev.mainstay.api.http.Access;
import dev.mainstay.api.http.Authenticator;
import dev.mainstay.api.http.EdgeSettings;
import dev.mainstay.api.http.Loopback;
import dev.mainstay.api.http.Metrics;
import dev.mainstay.api.http.Page;
import dev.mainstay.api.http.Pages;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Router;
import dev.mainstay.api.http.VertxEdge;
import dev.mainstay.api.openapi.Descriptions;
import dev.mainstay.api.openapi.OpenApiEndpoint;
import dev.mainstay.api.openapi.Surface;
import dev.mainstay.api.rest.RestEndpoint;
import dev.mainstay.api.rest.RestSettings;
import dev.mainstay.app.backup.BackupSchedule;
import dev.mainstay.app.backup.Backups;
import dev.mainstay.app.backup.Restorer;
import dev.mainstay.app.config.Config;
import dev.mainstay.app.log.Logs;
import dev.mainstay.app.testing.Benches;
import dev.mainstay.app.testing.Credentials;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.InForce;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.read.Reading;
import dev.mainstay.services.answers.Answers;
import dev.mainstay.services.keys.ApiKeys;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.services.keys.Secrets;
import dev.mainstay.services.keys.Tokens;
import dev.mainstay.services.rows.Departure;
import dev.mainstay.services.rows.Exporter;
import dev.mainstay.services.rows.Importer;
import dev.mainstay.services.writes.StoppableEngine;
import dev.mainstay.services.writes.WriteSwitch;
import dev.mainstay.sql.postgres.PostgresNotices;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where the modules meet: every `new` that joins them is here.
final class Wiring {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Wiring() {}

  /// Reads the model, brings the database to it, and listens; in this order, so that what is wrong
  /// with a file is told before anything is touched.
  static Server serve(Config config) {
    Backend backend = Backend.of(config);
    Store store = Store.open(config);
    try {
      if (Backend.isUnsaid(config)) store.requireUnsaid(config);
      store.install(backend, config.model());
      Tokens tokens = tokens(config, config.data());
      return serve(config, backend, store, tokens);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// What a model lets its callers do, without a server.
  static Planner planner(Backend backend) {
    var catalog = new Catalog(backend.whole(), backend.rules());
    return new Planner(catalog, new Limits(null, true), CLOCK, RANDOM);
  }

  private static Server serve(Config config, Backend backend, Store store, Tokens tokens) {
    var budget = new ByteBudget(config.limits().bytesInFlight());
    var inForce = new InForce(served(config, backend, store));
    var edge = new AtomicReference<VertxEdge>();
    var metrics = new Metrics(budget, () -> running(edge));
    Access.Log lines = Logs.access();
    Access.Log log =
        access -> {
          metrics.over(access);
          lines.over(access);
        };
    Front front = front(config, inForce, tokens, budget, metrics, edge);
    var follower = Follower.of(config, store, inForce, backend);
    inForce.lookBy(follower::glance);
    edge.set(listen(config, front, inForce, budget, log));
    return new Server(
        config,
        store.shown(),
        edge.get(),
        inForce,
        tokens,
        isShared(config) ? follower.started(config.database().follow()) : follower,
        workers(config, backend, follower, inForce, budget, metrics),
        List.of(metrics));
  }

  private static List<AutoCloseable> workers(
      Config config,
      Backend backend,
      Follower follower,
      InForce inForce,
      ByteBudget budget,
      Metrics metrics) {
    var workers = new ArrayList<AutoCloseable>();
    Secret direct = config.database().direct();
    if (backend.from() == Reading.From.DATABASE && direct != null)
      workers.add(PostgresNotices.listen(direct.reveal(), follower::follow));
    BackupSchedule schedule = schedule(config, metrics);
    if (schedule != null) workers.add(schedule);
    Answers answers = answers(config);
    if (answers != null) workers.add(Sweep.start(answers, inForce::now, budget));
    return workers;
  }

  /// Where answers to writes under an `Idempotency-Key` are kept, if they are.
  private static @Nullable Answers answers(Config config) {
    Duration keeping = config.rest().idempotency();
    return keeping.isZero() ? null : new Answers(keeping, CLOCK);
  }

  /// Whether other processes may change the model of the database, and are to be followed.
  private static boolean isShared(Config config) {
    return config.database().url() != null && !config.database().follow().isZero();
  }

  /// What answers requests on a model, whose tables the database has.
  ///
  /// @throws Sorry as [#requireServable]
  static Served served(Config config, Backend backend, Store store) {
    Backend shaped = store.shaped(backend, config.rest().schemas());
    requireServable(config, shaped);
    var catalog = new Catalog(shaped.whole(), shaped.rules());
    var limits = new Limits((long) config.rest().maxRows(), config.rest().aggregates());
    return stoppable(new Planner(catalog, limits, CLOCK, RANDOM), store.serve(shaped.whole()));
  }

  /// The same planner, with an engine that writes nothing while nobody may.
  private static Served stoppable(Planner planner, Engine engine) {
    return StoppableEngine.over(planner, engine, new WriteSwitch(System::nanoTime));
  }

  /// What serves the program itself: without a limit of rows, and whether anybody may write or not.
  static Served inside(Backend backend, Store store) {
    var catalog = new Catalog(backend.whole(), backend.rules());
    return new Served(unlimited(catalog), store.serve(backend.whole()));
  }

  private static Planner unlimited(Catalog catalog) {
    return new Planner(catalog, new Limits(null, false), CLOCK, RANDOM);
  }

  /// The same answers as a server's, without one.
  ///
  /// @param inForce the backend's model
  private static Loopback loopback(
      Config config, InForce inForce, Tokens tokens, ByteBudget budget) {
    var noEdge = new AtomicReference<VertxEdge>();
    Front front = front(config, inForce, tokens, budget, null, noEdge);
    return new Loopback(
        edgeSettings(config), front.router(), front.authenticator(), inForce, budget);
  }

  /// Where databases to be thrown away are made.
  static Scratch scratch(Config config) {
    return Scratch.make(config, RANDOM);
  }

  /// Keys and tokens that are good for nothing but tests.
  static Credentials credentials(Config config) {
    return Credentials.make(config.jwt().audience(), RANDOM, CLOCK);
  }

  /// Databases for tests, each with the API over it.
  static Benches benches(Config config, Backend backend, Scratch scratch, Credentials credentials) {
    var budget = new ByteBudget(config.limits().bytesInFlight());
    return () -> {
      Scratch.Copy copy = scratch.copy();
      Served served = served(config, backend, copy.store());
      Loopback loopback = loopback(config, new InForce(served), credentials.tokens(), budget);
      return new Benches.Bench() {
        @Override
        public Loopback.Answer ask(Request request) {
          return loopback.ask(request);
        }

        @Override
        public void close() {
          served.engine().close();
          copy.remove().run();
        }
      };
    };
  }

  /// What stands behind an edge.
  private record Front(Router router, Authenticator authenticator) {}

  /// @param metrics null where nothing runs long enough to be measured
  private static Front front(
      Config config,
      InForce inForce,
      Tokens tokens,
      ByteBudget budget,
      @Nullable Metrics metrics,
      AtomicReference<VertxEdge> edge) {
    var keys = new ApiKeys(inForce::now, budget, CLOCK, RANDOM);
    var authenticator = new Authenticator(tokens, keys::role, config.http().requireApikey());
    var descriptions = new Descriptions(() -> surface(config, edge));
    var rest =
        new RestEndpoint(
            new RestSettings(
                config.rest().path().isEmpty() ? "/" : config.rest().path(),
                config.rest().schemas(),
                config.rest().requireWhere(),
                config.rest().ending(),
                config.rest().plans(),
                preRequest(config)),
            config.rest().openApi() ? descriptions : null,
            answers(config));
    var mounts = new ArrayList<Router.Mount>();
    mounts.add(new Router.Mount(config.rest().path(), rest));
    if (config.rest().openApi()) {
      var endpoint = new OpenApiEndpoint(descriptions, config.rest().schemas(), rest);
      mounts.add(new Router.Mount("/openapi.json", endpoint));
    }
    return new Front(
        new Router(mounts, pages(config, inForce, metrics, authenticator, edge)), authenticator);
  }

  /// Where the API is, which is known whole once the server listens.
  private static Surface surface(Config config, AtomicReference<VertxEdge> edge) {
    VertxEdge listening = edge.get();
    String host = config.http().host();
    int port = listening == null ? config.http().port() : listening.port();
    return new Surface(
        config.rest().title(),
        Version.number(),
        config.rest().path().isEmpty() ? "/" : config.rest().path(),
        config.rest().schemas(),
        config.http().publicUrl(),
        (host.contains(":") ? "[" + host + "]" : host) + ":" + port,
        config.http().requireApikey(),
        switchedOn(config.rest()));
  }

  private static Set<Surface.Extra> switchedOn(Config.Rest rest) {
    Set<Surface.Extra> extras = EnumSet.noneOf(Surface.Extra.class);
    if (rest.aggregates()) extras.add(Surface.Extra.AGGREGATES);
    if (rest.plans()) extras.add(Surface.Extra.PLANS);
    switch (rest.ending()) {
      case COMMIT, ROLLBACK -> {}
      case COMMIT_ALLOW_OVERRIDE -> extras.add(Surface.Extra.TX_ROLLBACK);
      case ROLLBACK_ALLOW_OVERRIDE -> extras.add(Surface.Extra.TX_COMMIT);
    }
    if (!rest.idempotency().isZero()) extras.add(Surface.Extra.IDEMPOTENCY);
    return extras;
  }

  /// The function that goes ahead of every request.
  private static @Nullable TableName preRequest(Config config) {
    String setting = config.rest().preRequest();
    if (setting == null) return null;
    int dot = setting.indexOf('.');
    return dot < 0
        ? TableName.inDefaultSchema(setting)
        : new TableName(setting.substring(0, dot), setting.substring(dot + 1));
  }

  /// @throws Sorry when the configuration names what the model has not: the function that goes
  ///   ahead of every request, which only reads, and needs no arguments. It may be the database's
  ///   own where that guards its rows.
  static void requireServable(Config config, Backend backend) {
    TableName name = preRequest(config);
    if (name == null || !backend.isShaped()) return;
    String setting = config.rest().preRequest();
    List<Function> functions =
        backend.own().functions().stream()
            .filter(f -> f.name().equals(name) && f.body() instanceof Function.Body.Declared)
            .toList();
    // The database says whether it has one.
    if (functions.isEmpty() && backend.own().guarding() == Guarding.DATABASE) return;
    if (functions.size() != 1)
      throw new Sorry("rest.pre_request: the model has no function '" + setting + "'");
    Function function = functions.getFirst();
    if (function.writes() || function.arguments().stream().anyMatch(Function.Argument::isRequired))
      throw new Sorry(
          "rest.pre_request: the function '" + setting + "' must only read, and need no arguments");
  }

  private static boolean isDraining(AtomicReference<VertxEdge> edge) {
    VertxEdge listening = edge.get();
    return listening != null && listening.isDraining();
  }

  private static int running(AtomicReference<VertxEdge> edge) {
    VertxEdge listening = edge.get();
    return listening == null ? 0 : listening.running();
  }

  /// The opaque keys, as seen from inside.
  static ApiKeys keys(Catalog catalog, Engine engine, ByteBudget budget) {
    Served served = stoppable(unlimited(catalog), engine);
    return new ApiKeys(() -> served, budget, CLOCK, RANDOM);
  }

  /// What takes rows out of a database.
  static Exporter exporter(Catalog catalog, Engine engine) {
    return new Exporter(unlimited(catalog), engine, pages());
  }

  /// What takes rows to another database.
  static Departure departure(Served served) {
    return new Departure(served.planner(), served.engine(), pages());
  }

  /// What brings rows in.
  static Importer importer(Catalog catalog, Engine engine) {
    Served served = stoppable(unlimited(catalog), engine);
    return new Importer(served.planner(), served.engine(), pages(), CLOCK);
  }

  /// What the rows in memory may have, of a program that does nothing else.
  private static ByteBudget pages() {
    return new ByteBudget(Runtime.getRuntime().maxMemory() / 8);
  }

  /// What makes and finds backups.
  ///
  /// @param folder of the backups
  static Backups backups(Config config, Path folder) {
    Path secrets = config.backup().secrets() ? config.data().resolve(Secrets.FILE) : null;
    return new Backups(Store.dumps(config), folder, secrets, Version.number(), CLOCK);
  }

  /// What makes a database of a backup.
  static Restorer restorer(Config config) {
    return new Restorer(Store.dumps(config), Version.number(), CLOCK);
  }

  /// Makes backups from now on, if it is asked for.
  private static @Nullable BackupSchedule schedule(Config config, Metrics metrics) {
    Duration every = config.backup().every();
    if (every == null) return null;
    Backups backups = backups(config, config.backup().folder());
    var schedule = new BackupSchedule(backups, every, config.backup().keep(), CLOCK);
    schedule.count(metrics.registry());
    schedule.start();
    return schedule;
  }

  /// What signs and verifies tokens, with the configured secret or the data folder's.
  static Tokens tokens(Config config, Path data) {
    Secret secret = config.jwt().secret();
    try {
      if (secret == null) {
        DataFolder.make(data);
        secret = Secrets.of(data, RANDOM).jwtSecret();
      }
    } catch (IOException e) {
      throw new Sorry("The secrets cannot be kept in " + data + ": " + e.getMessage());
    }
    return new Tokens(secret, config.jwt().audience(), CLOCK);
  }

  private static Map<String, Page> pages(
      Config config,
      InForce inForce,
      @Nullable Metrics metrics,
      Authenticator authenticator,
      AtomicReference<VertxEdge> edge) {
    var pages = new LinkedHashMap<String, Page>();
    pages.put("/health/live", Pages.live());
    pages.put(
        "/health/ready",
        Pages.ready(() -> inForce.now().engine().reachable(), () -> isDraining(edge)));
    boolean isOpen = config.http().metrics().equals("open");
    if (metrics != null)
      pages.put("/metrics", isOpen ? metrics.open() : metrics.page(authenticator));
    boolean isDescribed = config.rest().openApi();
    boolean hasDocs = isDescribed && config.http().docs();
    if (hasDocs) pages.putAll(Docs.pages());
    if (!config.rest().path().isEmpty()) {
      var parts = new LinkedHashMap<String, String>();
      parts.put("rest", config.rest().path());
      if (isDescribed) parts.put("openapi", "/openapi.json");
      if (hasDocs) parts.put("docs", "/docs");
      parts.put("health", "/health/ready");
      pages.put("/", Pages.landing(parts));
    }
    return pages;
  }

  private static EdgeSettings edgeSettings(Config config) {
    Config.Http http = config.http();
    return new EdgeSettings(
        http.host(),
        http.port(),
        http.bodyLimit(),
        http.maxRunning(),
        config.timeouts().anon(),
        config.timeouts().others(),
        EdgeSettings.ServerTiming.valueOf(http.serverTiming().toUpperCase(Locale.ROOT)),
        http.corsOrigins(),
        EdgeSettings.Patience.USUAL);
  }

  private static VertxEdge listen(
      Config config, Front front, InForce inForce, ByteBudget budget, Access.Log log) {
    Config.Http http = config.http();
    try {
      return VertxEdge.start(
          edgeSettings(config), front.router(), front.authenticator(), inForce, budget, log);
    } catch (BindException e) {
      throw new Sorry(
          "Port %d of %s is taken; choose another with --port".formatted(http.port(), http.host()));
    } catch (IOException e) {
      throw new Sorry(
          "Cannot listen at %s:%d: %s".formatted(http.host(), http.port(), e.getMessage()));
    }
  }
}
