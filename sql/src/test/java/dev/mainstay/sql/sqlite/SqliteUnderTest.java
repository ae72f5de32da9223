package dev.mainstay.sql.sqlite;

import dev.mainstay.core.plan.Catalog;
import dev.mainstay.sql.Installer;
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
final class SqliteUnderTest implements EngineUnderTest {
  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Database open(Catalog catalog) {
    try {
      return open(Files.createTempDirectory("mainstay-sqlite"), catalog);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In that folder, which goes with the database.
  static Database open(Path folder, Catalog catalog) {
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
