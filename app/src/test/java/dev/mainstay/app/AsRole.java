package dev.mainstay.app;

import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.postgres.PostgresDatabase;
import dev.mainstay.sql.postgres.PostgresDdl;
import dev.mainstay.sql.postgres.PostgresDialect;
import dev.mainstay.sql.postgres.PostgresSettings;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Catalogs;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.FileNotFoundException;

/// PostgreSQL that runs every request as its caller's role, of which the database itself says what
/// it may do.
///
/// @param statements what the database has beside the model: the roles are there, and without
///   rights
record AsRole(PostgresVersion version, String... statements) implements EngineUnderTest {
  /// Every right to the tables.
  static final String EVERYTHING =
      "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO anon, authenticated";

  private static final String[] ROLES = {
    "DO $$ BEGIN CREATE ROLE anon; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    "DO $$ BEGIN CREATE ROLE authenticated; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
  };

  /// A fresh database for the tables of this `backend.yaml`.
  static Backend backend(PostgresVersion version, String yaml, String... statements) {
    return Backend.open(new AsRole(version, statements), Catalogs.of(yaml, Guarding.DATABASE));
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Database open(Catalog catalog) {
    PostgresServer server = PostgresServer.shared(version);
    String address = server.database();
    PostgresDatabase database = PostgresDatabase.open(PostgresSettings.of(address));
    new Installer(new PostgresDialect(), new PostgresDdl(), "under test")
        .install(
            database.installation(),
            catalog.model(),
            catalog.rules(),
            "",
            file -> {
              throw new FileNotFoundException(file);
            });
    String name = address.substring(address.lastIndexOf('/') + 1);
    server.execute(name, ROLES);
    server.execute(name, statements);
    return new OnPostgres.Opened(database, database.serve(catalog.model()));
  }
}
