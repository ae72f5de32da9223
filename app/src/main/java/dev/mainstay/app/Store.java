package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Model;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Installer;
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
    if (url != null) throw new Sorry("PostgreSQL is not served yet");
    return sqlite(config.data(), SqliteDatabase.open(config.data(), SqliteSettings.defaults()));
  }

  /// Opens it beside a server that may be running.
  static Store openBeside(Config config) {
    Secret url = config.database().url();
    if (url != null) throw new Sorry("PostgreSQL is not served yet");
    Path data = config.data();
    if (!Files.exists(data.resolve(SqliteDatabase.FILE)))
      throw new Sorry("There is no database in " + data + " yet; `mainstay serve` makes it");
    return sqlite(data, SqliteDatabase.openBeside(data, SqliteSettings.defaults()));
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
    new Installer(dialect, ddl, Version.number())
        .install(
            installation.get(),
            backend.whole(),
            backend.rules(),
            backend.source(),
            file -> Files.newInputStream(modelFile.resolveSibling(file)));
  }

  Engine serve(Model model) {
    return engine.apply(model);
  }

  void close() {
    closing.run();
  }
}
