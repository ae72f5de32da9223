package dev.mainstay.sql.sqlite;

import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.Migrating;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An empty SQLite database in a folder of its own.
record SqliteEmpty(SqliteDatabase database) implements Migrating.Empty {
  static final Migrating.Parts PARTS =
      new Migrating.Parts(new SqliteDialect(), new SqliteDdl(), new SqliteAlterations());

  static SqliteEmpty in(Path folder) {
    try {
      Path own = Files.createTempDirectory(folder, "db");
      return new SqliteEmpty(SqliteDatabase.open(own, SqliteSettings.defaults()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
  }
}
