package dev.mainstay.app;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.postgres.PostgresDatabase;
import dev.mainstay.sql.postgres.PostgresDdl;
import dev.mainstay.sql.postgres.PostgresDialect;
import dev.mainstay.sql.postgres.PostgresSettings;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.FileNotFoundException;

/// PostgreSQL of one version, in databases of its own.
record OnPostgres(PostgresVersion version) implements EngineUnderTest {
  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public EngineUnderTest.Database open(Catalog catalog) {
    String address = PostgresServer.shared(version).database();
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
    return new Opened(database, database.serve(catalog.model()));
  }

  record Opened(PostgresDatabase database, Engine engine) implements Database {
    @Override
    public int connectionsInUse() {
      return database.connectionsInUse();
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
