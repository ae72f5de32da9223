package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.postgres.PostgresDatabase;
import dev.mainstay.sql.postgres.PostgresDdl;
import dev.mainstay.sql.postgres.PostgresDialect;
import dev.mainstay.sql.postgres.PostgresSettings;
import dev.mainstay.sql.sqlite.SqliteDatabase;
import dev.mainstay.sql.sqlite.SqliteDdl;
import dev.mainstay.sql.sqlite.SqliteDialect;
import dev.mainstay.sql.sqlite.SqliteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/// The database that the configuration names, before it is served.
///
/// @param shown where it is, for people
/// @param closing for when it comes to no engine; an engine closes its database itself
record Store(
    String shown,
    Dialect dialect,
    Ddl ddl,
    Supplier<Installation> installation,
    Function<Model, Engine> engine,
    Runnable closing) {
  /// Opens it for a server.
  static Store open(Config config) {
    Secret url = config.database().url();
    if (url != null) return postgres(url, config);
    DataFolder.make(config.data());
    return sqlite(config.data(), SqliteDatabase.open(config.data(), SqliteSettings.defaults()));
  }

  /// Opens it beside a server that may be running.
  static Store openBeside(Config config) {
    Secret url = config.database().url();
    Path data = config.data();
    boolean isThere = url != null || Files.exists(data.resolve(SqliteDatabase.FILE));
    if (isThere) {
      Store store =
          url != null
              ? postgres(url, config)
              : sqlite(data, SqliteDatabase.openBeside(data, SqliteSettings.defaults()));
      try (Installation installation = store.installation().get()) {
        if (installation.applied() != null) return store;
      }
      store.close();
    }
    throw new Sorry("There is no database there yet; `mainstay serve` makes it");
  }

  private static Store postgres(Secret url, Config config) {
    PostgresSettings address =
        PostgresSettings.of(url.reveal())
            .withConnections(config.database().poolSize())
            .withSearchPath(config.rest().extraSearchPath());
    if (config.database().pooler()) address = address.throughPooler();
    PostgresDatabase database = PostgresDatabase.open(address);
    return new Store(
        address.shown() + " (PostgreSQL)",
        new PostgresDialect(),
        new PostgresDdl(),
        database::installation,
        database::serve,
        database::close);
  }

  private static Store sqlite(Path data, SqliteDatabase database) {
    return new Store(
        data.normalize() + " (SQLite)",
        new SqliteDialect(),
        new SqliteDdl(),
        database::installation,
        model -> database.serve(model, Clock.systemUTC()),
        database::close);
  }

  /// Brings the database to the model.
  void install(Backend backend, Path modelFile) {
    try {
      new Installer(dialect, ddl, Version.number())
          .install(
              installation.get(),
              backend.whole(),
              backend.rules(),
              backend.source().text(),
              file -> Files.newInputStream(modelFile.resolveSibling(file)));
    } catch (ModelException e) {
      throw new ModelException(e.faults().stream().map(backend.source()::quoted).toList());
    }
  }

  Engine serve(Model model) {
    return engine.apply(model);
  }

  void close() {
    closing.run();
  }
}
