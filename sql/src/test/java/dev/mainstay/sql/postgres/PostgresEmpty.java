package dev.mainstay.sql.postgres;

import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.Migrating;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;

/// An empty database of the tests' server, which is dropped when it is closed.
record PostgresEmpty(PostgresVersion version, String address, PostgresDatabase database)
    implements Migrating.Empty {
  static final Migrating.Parts PARTS =
      new Migrating.Parts(new PostgresDialect(), new PostgresDdl(), new PostgresAlterations());

  static PostgresEmpty on(PostgresVersion version) {
    String address = PostgresServer.shared(version).database();
    return new PostgresEmpty(
        version, address, PostgresDatabase.open(PostgresSettings.of(address).withConnections(2)));
  }

  @Override
  public Installation installation() {
    return database.installation();
  }

  @Override
  public Migratable migratable() {
    return database.migratable();
  }

  @Override
  public void close() {
    database.close();
    String name = address.substring(address.lastIndexOf('/') + 1);
    PostgresServer.shared(version).execute("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
  }
}
