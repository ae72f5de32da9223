package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.sql.Installation;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;

/// PostgreSQL of one version, for the conformance suite.
record PostgresUnderTest(PostgresVersion version) implements EngineUnderTest {
  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public EngineUnderTest.Database open(Catalog catalog) {
    String address = PostgresServer.shared(version).database();
    return open(PostgresSettings.of(address), catalog);
  }

  /// Makes the catalog's tables in an empty database.
  static Database open(PostgresSettings settings, Catalog catalog) {
    PostgresDatabase database = PostgresDatabase.open(settings);
    PostgresDdl ddl = new PostgresDdl();
    try (Installation installation = database.installation()) {
      ddl.groundwork().forEach(installation::run);
      ddl.beforeRows(catalog.model(), catalog.rules()).forEach(installation::run);
      ddl.afterRows(catalog.model(), catalog.rules()).forEach(installation::run);
      installation.commit();
    }
    return new Database(database, database.serve(catalog.model()));
  }

  record Database(PostgresDatabase database, Engine engine) implements EngineUnderTest.Database {
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
