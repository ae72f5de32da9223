package dev.mainstay.app;

import dev.mainstay.core.plan.Catalog;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.sqlite.SqliteDatabase;
import dev.mainstay.sql.sqlite.SqliteDdl;
import dev.mainstay.sql.sqlite.SqliteDialect;
import dev.mainstay.sql.sqlite.SqliteEngine;
import dev.mainstay.sql.sqlite.SqliteSettings;
import dev.mainstay.testkit.EngineUnderTest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// SQLite in folders of its own.
final class OnSqlite implements EngineUnderTest {
  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Database open(Catalog catalog) {
    try {
      Path folder = Files.createTempDirectory("mainstay-sqlite");
      SqliteDatabase database = SqliteDatabase.open(folder, SqliteSettings.defaults());
      new Installer(new SqliteDialect(), new SqliteDdl(), "under test")
          .install(
              database.installation(),
              catalog.model(),
              catalog.rules(),
              "",
              file -> {
                throw new FileNotFoundException(file);
              });
      return new Opened(folder, database.serve(catalog.model(), InstantSource.system()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Opened(Path folder, SqliteEngine engine) implements Database {
    @Override
    public int connectionsInUse() {
      return engine.connectionsInUse();
    }

    @Override
    public void close() {
      engine.close();
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
