package dev.mainstay.sql.sqlite;

import dev.mainstay.sql.Alterations;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Migrations;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationTest extends Migrations {
  @TempDir Path folder;

  @Override
  protected Empty open() {
    return SqliteEmpty.in(folder);
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
