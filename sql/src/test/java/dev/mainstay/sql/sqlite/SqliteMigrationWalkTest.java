package dev.mainstay.sql.sqlite;

import dev.mainstay.sql.Alterations;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.MigrationWalk;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationWalkTest extends MigrationWalk {
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
