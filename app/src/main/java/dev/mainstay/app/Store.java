package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.model.WayBack;
import dev.mainstay.core.query.Value;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.services.writes.WriteSwitch;
import dev.mainstay.sql.Alterations;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.Arrival;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Drift;
import dev.mainstay.sql.Dumps;
import dev.mainstay.sql.Inspection;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.Inventory;
import dev.mainstay.sql.Ledger;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.Migrator;
import dev.mainstay.sql.RanMigration;
import dev.mainstay.sql.SeedFiles;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.postgres.PostgresAlterations;
import dev.mainstay.sql.postgres.PostgresDatabase;
import dev.mainstay.sql.postgres.PostgresDdl;
import dev.mainstay.sql.postgres.PostgresDialect;
import dev.mainstay.sql.postgres.PostgresDumps;
import dev.mainstay.sql.postgres.PostgresSettings;
import dev.mainstay.sql.sqlite.SqliteAlterations;
import dev.mainstay.sql.sqlite.SqliteDatabase;
import dev.mainstay.sql.sqlite.SqliteDdl;
import dev.mainstay.sql.sqlite.SqliteDialect;
import dev.mainstay.sql.sqlite.SqliteDumps;
import dev.mainstay.sql.sqlite.SqliteSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The database that the configuration names, before it is served.
///
/// @param shown where it is, for people
/// @param inventory what it holds, whoever has made that; null where nobody can ask
/// @param closing for when it comes to no engine; an engine closes its database itself
record Store(
    String shown,
    Dialect dialect,
    Ddl ddl,
    Alterations alterations,
    Supplier<Installation> installation,
    Supplier<Migratable> migratable,
    Ledger ledger,
    Function<Model, Engine> engine,
    @Nullable Inventory inventory,
    Runnable closing) {
  /// Opens it for a server.
  static Store open(Config config) {
    Secret url = config.database().url();
    if (url != null) return at(settings(url, config).reading(reads(config.database())));
    DataFolder.make(config.data());
    return at(config.data());
  }

  /// Opens a SQLite database for a server, wherever the configuration has its own.
  static Store at(Path data) {
    return sqlite(data, SqliteDatabase.open(data, SqliteSettings.defaults()));
  }

  /// Opens the database that another is moved to, for nobody else.
  ///
  /// @param to an address, or a folder
  /// @param folder where a relative one begins
  static Store target(String to, Config config, Path folder) {
    if (to.contains("://")) return at(settings(new Secret(to), config));
    Path data = folder.resolve(to).toAbsolutePath().normalize();
    DataFolder.make(data);
    return at(data);
  }

  /// Opens it beside a server that may be running.
  static Store openBeside(Config config) {
    Store store = existing(config);
    if (store == null) throw new Sorry("There is no database there yet; `mainstay serve` makes it");
    return store;
  }

  /// Whether there is a database, and it has a model.
  static boolean isThere(Config config) {
    Store store = existing(config);
    if (store != null) store.close();
    return store != null;
  }

  private static @Nullable Store existing(Config config) {
    Secret url = config.database().url();
    Path data = config.data();
    if (url == null && !Files.exists(data.resolve(SqliteDatabase.FILE))) return null;
    Store store =
        url != null
            ? at(settings(url, config))
            : sqlite(data, SqliteDatabase.openBeside(data, SqliteSettings.defaults().patient()));
    try (Installation installation = store.installation().get()) {
      if (installation.applied() != null) return store;
    }
    store.close();
    return null;
  }

  /// How the database of the configuration makes tables. It is not opened.
  static Ddl ddl(Config config) {
    return config.database().url() == null ? new SqliteDdl() : new PostgresDdl();
  }

  /// What its engine speaks.
  static Dialect dialect(Config config) {
    return config.database().url() == null ? new SqliteDialect() : new PostgresDialect();
  }

  /// What copies it whole, beside a server that may be running.
  static Dumps dumps(Config config) {
    Secret url = config.database().url();
    return url == null
        ? new SqliteDumps(config.data())
        : new PostgresDumps(settings(url, config), programs(config.backup().programs()));
  }

  private static List<Path> programs(@Nullable Path folder) {
    if (folder != null) return List.of(folder);
    String path = System.getenv("PATH");
    if (path == null) return List.of();
    return Stream.of(path.split(File.pathSeparator)).map(Path::of).toList();
  }

  /// How the configuration would have a database on PostgreSQL served.
  static PostgresSettings settings(Secret url, Config config) {
    PostgresSettings settings =
        PostgresSettings.of(url.reveal())
            .withConnections(config.database().poolSize())
            .withSearchPath(config.rest().extraSearchPath());
    return config.database().pooler() ? settings.throughPooler() : settings;
  }

  /// Where the configuration has callers' reads go, or null.
  private static PostgresSettings.@Nullable Reads reads(Config.Database database) {
    Secret url = database.readUrl();
    return url == null ? null : new PostgresSettings.Reads(url.reveal(), database.readsOwnWrites());
  }

  /// Opens a database on PostgreSQL, wherever the configuration has its own.
  static Store at(PostgresSettings address) {
    PostgresDatabase database = PostgresDatabase.open(address);
    return new Store(
        address.shown() + " (PostgreSQL)",
        new PostgresDialect(),
        new PostgresDdl(),
        new PostgresAlterations(),
        database::installation,
        database::migratable,
        database.ledger(),
        database::serve,
        database.inventory(),
        database::close);
  }

  private static Store sqlite(Path data, SqliteDatabase database) {
    return new Store(
        data.normalize() + " (SQLite)",
        new SqliteDialect(),
        new SqliteDdl(),
        new SqliteAlterations(),
        database::installation,
        database::migratable,
        database.ledger(),
        model -> database.serve(model, Clock.systemUTC()),
        null,
        database::close);
  }

  /// @throws Sorry unless the database has tables, and no model: only then can it be served without
  ///   one
  void requireUnsaid(Config config) {
    Sorry none =
        new Sorry(
            "There is no model at %s; `mainstay init` makes one to begin with"
                .formatted(config.model().normalize()));
    try (Installation transaction = installation.get()) {
      if (transaction.applied() != null) throw none;
    }
    if (requireInventory().model(config.rest().schemas()).tables().isEmpty()) throw none;
  }

  /// Makes those of the program's own tables that are missing in a database of an older program.
  void installOwn(Backend backend) {
    new Installer(dialect, ddl, Version.number())
        .installOwn(installation.get(), backend.whole(), backend.rules());
  }

  /// Brings the database to the model.
  void install(Backend backend, Path modelFile) {
    Migrator.Goal goal = goal(backend, modelFile);
    requireWrites(backend);
    Installer installer = new Installer(dialect, ddl, Version.number());
    Installer.Outcome outcome = quoting(backend, () -> installer.install(installation.get(), goal));
    if (outcome instanceof Installer.Outcome.Made) migrator().finishNew(migratable.get(), goal);
  }

  /// Runs the migrations that a new database needs and that run alone.
  void finishNew(Backend backend, Path modelFile) {
    migrator().finishNew(migratable.get(), goal(backend, modelFile));
  }

  /// The database as the one to which another is moved.
  ///
  /// @param backend the model of that one
  /// @param move what tells the move from every other
  Arrival arrival(Backend backend, Path modelFile, String move) {
    return new Arrival(
        dialect, ddl, migratable.get(), Version.number(), goal(backend, modelFile), move);
  }

  /// @throws ModelException when the engine lacks what the model asks for
  void requireServable(Backend backend) {
    List<Fault> lacking = ddl.lacking(backend.whole());
    if (!lacking.isEmpty())
      throw new ModelException(lacking.stream().map(backend.source()::quoted).toList());
  }

  /// What the database holds that its model does not say, as far as it is known.
  List<String> leftBehind(Backend backend, Migration plan) {
    List<String> left = new ArrayList<>();
    for (Drift drift : plan.drift())
      if (drift instanceof Drift.Strange strange) left.add(strange.summary());
    try (Installation transaction = migratable.get().look()) {
      for (RanMigration ran : transaction.migrations())
        for (RanMigration.Made made : ran.made()) {
          Table table = backend.whole().table(made.table());
          String column = made.column();
          boolean isSaid = table != null && (column == null || table.column(column) != null);
          if (!isSaid && transaction.columns(made.table()).contains(column == null ? "" : column))
            left.add(
                "column %s.%s was made by migration %s"
                    .formatted(made.table().title(), column, ran.title()));
          if (table == null && column == null && transaction.has(made.table()))
            left.add(
                "table %s was made by migration %s".formatted(made.table().title(), ran.title()));
        }
    }
    return left;
  }

  /// What would bring the database to the model.
  Migration plan(Backend backend, Path modelFile) {
    return plan(backend, goal(backend, modelFile));
  }

  /// What the database tells of itself. Nothing is changed.
  Inspection inspect(Backend backend) {
    return migrator().inspect(migratable.get(), backend.whole());
  }

  /// Does what [#plan] finds.
  Migration apply(Backend backend, Path modelFile, boolean mayLose) {
    return apply(backend, goal(backend, modelFile), mayLose);
  }

  /// What would bring the database back to an earlier model. The migrations beside the file are for
  /// the model in it.
  Migration planBack(Backend earlier, Path modelFile) {
    return plan(earlier, back(earlier, modelFile));
  }

  /// Does what [#planBack] finds.
  Migration applyBack(Backend earlier, Path modelFile, boolean mayLose) {
    return apply(earlier, back(earlier, modelFile), mayLose);
  }

  private Migration plan(Backend backend, Migrator.Goal goal) {
    return quoting(backend, () -> migrator().plan(migratable.get(), goal));
  }

  private Migration apply(Backend backend, Migrator.Goal goal, boolean mayLose) {
    requireWrites(null);
    return quoting(backend, () -> migrator().apply(migratable.get(), goal, mayLose));
  }

  /// @param known a model that takes no write if the database has it; null for whatever it has
  /// @throws Sorry when nobody may write
  private void requireWrites(@Nullable Backend known) {
    TableName stops = WriteSwitch.TABLE;
    try (Installation transaction = migratable.get().look()) {
      if (!transaction.has(stops)) return;
      Applied last = transaction.applied();
      if (known != null && last != null && last.checksum().equals(known.checksum())) return;
      Sql reasons = Sql.of("SELECT {} FROM {}", dialect.quote("reason"), dialect.table(stops));
      for (List<Value> row : transaction.values(reasons, List.of(new ColumnType.Text())))
        if (row.getFirst() instanceof Value.Text(String reason))
          throw new Sorry(reason + "; `mainstay writes status` says more");
    }
  }

  /// The migrations that have run since the database had a version of the model.
  ///
  /// @param version null for the one before
  List<RanMigration> ranSince(@Nullable Long version) {
    try (Installation transaction = installation.get()) {
      long last = Objects.requireNonNull(transaction.applied()).version();
      long since = version == null ? last - 1 : version;
      return transaction.migrations().stream()
          .filter(ran -> ran.hasRun() && ran.version() > since)
          .toList();
    }
  }

  /// The model that the database has.
  Applied applied() {
    try (Installation transaction = installation.get()) {
      return Objects.requireNonNull(transaction.applied());
    }
  }

  /// The model of an earlier version, to go back to.
  ///
  /// @param version null for the one before
  Backend earlier(@Nullable Long version) {
    List<Model> since = new ArrayList<>();
    try (Installation transaction = installation.get()) {
      Applied last = Objects.requireNonNull(transaction.applied());
      long to = version == null ? last.version() - 1 : version;
      Applied then = to < last.version() ? transaction.applied(to) : null;
      if (then == null)
        throw new Sorry(
            last.version() == 1
                ? "The database has its first model; there is none to go back to"
                : "The database has version %d of the model, and can go back to 1 to %d"
                    .formatted(last.version(), last.version() - 1));
      String name = "version " + to;
      Backend earlier = Backend.of(name, then.source());
      for (long at = to; at <= last.version(); at++) {
        Applied one = transaction.applied(at);
        if (one != null) since.add(Backend.of("version " + at, one.source()).own());
      }
      return earlier.withRenames(WayBack.to(since).renames());
    }
  }

  private Migrator migrator() {
    return new Migrator(dialect, ddl, alterations, Version.number());
  }

  private Migrator.Goal goal(Backend backend, Path modelFile) {
    return new Migrator.Goal(
        backend.whole(),
        backend.rules(),
        backend.source().text(),
        seeds(modelFile),
        MigrationFolder.beside(modelFile, dialect.name()));
  }

  private static Migrator.Goal back(Backend earlier, Path modelFile) {
    return new Migrator.Goal(
        earlier.whole(), earlier.rules(), earlier.source().text(), seeds(modelFile));
  }

  private static SeedFiles seeds(Path modelFile) {
    return file -> Files.newInputStream(modelFile.resolveSibling(file));
  }

  /// Faults show the lines of the model that they are about.
  private static <T> T quoting(Backend backend, Supplier<T> work) {
    try {
      return work.get();
    } catch (ModelException e) {
      throw new ModelException(e.faults().stream().map(backend.source()::quoted).toList());
    }
  }

  /// The backend over the tables and functions that the database has, if the file leaves those to
  /// it.
  ///
  /// @param schemas that are served
  /// @throws Sorry when the engine does not tell of them
  Backend shaped(Backend backend, List<String> schemas) {
    return backend.over(() -> requireInventory().model(schemas));
  }

  Inventory requireInventory() {
    if (inventory == null)
      throw new Sorry("The model says 'from: database', which takes PostgreSQL: set database.url");
    return inventory;
  }

  Engine serve(Model model) {
    return engine.apply(model);
  }

  void close() {
    closing.run();
  }
}
