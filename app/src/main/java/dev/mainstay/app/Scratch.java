package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.sql.postgres.PostgresSettings;
import dev.mainstay.sql.postgres.PostgresThrowaways;
import dev.mainstay.sql.sqlite.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Databases to be thrown away: one with the model and its first rows, and copies of it. All are
/// gone when it is closed. The project's own database and data folder are never touched.
sealed interface Scratch extends AutoCloseable {
  /// What they are on, for people.
  String shown();

  /// A copy that nobody else has.
  Copy copy();

  @Override
  void close();

  /// @param remove when the store, or the engine it came to, is closed
  record Copy(Store store, Runnable remove) {}

  /// Makes the first one. Before, there is nothing to copy.
  void install(Config config, Backend backend);

  /// On the server that the configuration names, else in the system's folder for what is temporary.
  static Scratch make(Config config, RandomGenerator random) {
    Secret url = config.database().url();
    return url == null ? OfSqlite.make() : OfPostgres.make(Store.settings(url, config), random);
  }

  private static void install(Store store, Config config, Backend backend) {
    try {
      store.install(backend, config.model());
    } finally {
      store.close();
    }
  }

  /// Files in a folder.
  final class OfSqlite implements Scratch {
    /// Whoever still has a file open may make another beside it.
    private static final int TRIES = 20;

    private final Path folder;
    private final AtomicInteger copies = new AtomicInteger();
    private volatile boolean closed;

    private OfSqlite(Path folder) {
      this.folder = folder;
    }

    static OfSqlite make() {
      String name = "mainstay-test-" + ProcessHandle.current().pid() + "-";
      try {
        return new OfSqlite(Files.createTempDirectory(name));
      } catch (IOException e) {
        throw new Sorry("No folder can be made for the tests' databases: " + e.getMessage());
      }
    }

    private Path template() {
      return folder.resolve("template");
    }

    @Override
    public void install(Config config, Backend backend) {
      Scratch.install(Store.at(template()), config, backend);
    }

    @Override
    public String shown() {
      return "SQLite";
    }

    @Override
    public Copy copy() {
      Path own = folder.resolve(Integer.toString(copies.incrementAndGet()));
      if (closed) throw new Sorry("The tests' databases are gone");
      try {
        Files.createDirectory(own);
        Files.copy(template().resolve(SqliteDatabase.FILE), own.resolve(SqliteDatabase.FILE));
      } catch (IOException e) {
        throw new Sorry("The tests' database cannot be copied: " + e.getMessage());
      }
      return new Copy(Store.at(own), () -> delete(own));
    }

    @Override
    public void close() {
      closed = true;
      delete(folder);
    }

    private static void delete(Path folder) {
      IOException last = null;
      for (int i = 0; i < TRIES && Files.exists(folder); i++) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList())
            Files.deleteIfExists(file);
        } catch (IOException e) {
          last = e;
        } catch (UncheckedIOException e) {
          last = e.getCause();
        }
      }
      if (Files.exists(folder))
        throw new Sorry("The tests' databases in " + folder + " cannot be deleted: " + last);
    }
  }

  /// Databases on a server.
  final class OfPostgres implements Scratch {
    /// What one test needs at once.
    private static final int CONNECTIONS = 2;

    private final PostgresThrowaways databases;
    private @Nullable PostgresSettings template;

    private OfPostgres(PostgresThrowaways databases) {
      this.databases = databases;
    }

    static OfPostgres make(PostgresSettings server, RandomGenerator random) {
      return new OfPostgres(PostgresThrowaways.on(server.withConnections(CONNECTIONS), random));
    }

    @Override
    public void install(Config config, Backend backend) {
      PostgresSettings first = databases.make();
      Scratch.install(Store.at(first), config, backend);
      template = first;
    }

    @Override
    public String shown() {
      return "PostgreSQL";
    }

    @Override
    public Copy copy() {
      PostgresSettings own = databases.copy(Objects.requireNonNull(template));
      return new Copy(Store.at(own), () -> databases.drop(own));
    }

    @Override
    public void close() {
      databases.close();
    }
  }
}
