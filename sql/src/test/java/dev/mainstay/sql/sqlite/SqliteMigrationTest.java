package dev.mainstay.sql.sqlite;

import dev.mainstay.sql.Alterations;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationTest extends Migrations {
  @TempDir Path folder;

  @Override
  protected Empty open() {
    SqliteDatabase database;
    try {
      database =
          SqliteDatabase.open(Files.createTempDirectory(folder, "db"), SqliteSettings.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Empty() {
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
    };
  }

  @Override
  protected Dialect dialect() {
    return new SqliteDialect();
  }

  @Override
  protected Ddl ddl() {
    return new SqliteDdl();
  }

  @Override
  protected Alterations alterations() {
    return new SqliteAlterations();
  }
}
