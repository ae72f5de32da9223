package dev.mainstay.sql.sqlite;

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
  protected Parts parts() {
    return SqliteEmpty.PARTS;
  }
}
