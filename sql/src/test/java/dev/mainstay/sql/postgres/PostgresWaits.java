package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.Migrating;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.Migrator;
import dev.mainstay.sql.Passing;
import dev.mainstay.sql.SeedFiles;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.StatementRefused;
import dev.mainstay.sql.Step;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each step says who waits for it, and for how many rows: for every kind of change the server's
/// own locks, files and counters are watched while the steps are taken.
abstract class PostgresWaits extends Migrating {
  private static final int ROWS = 2000;

  /// Tables as one transaction sees them.
  private static final String LOOK =
      """
      SELECT c.oid::bigint, c.relname, pg_relation_filenode(c.oid)::bigint,
        pg_stat_get_xact_tuples_returned(c.oid),
        coalesce((SELECT string_agg(DISTINCT l.mode, ' ') FROM pg_locks l
          WHERE l.relation = c.oid AND l.pid = pg_backend_pid() AND l.granted), '')
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'\
      """;

  private final PostgresVersion version;

  PostgresWaits(PostgresVersion version) {
    this.version = version;
  }

  @Test
  void onLargeTables() {
    Set<String> seen = everyCase(0);
    // It is seen, where there is something to see.
    assertThat(seen)
        .contains(
            "another type: albums is written anew",
            "a uuid: albums is written anew",
            "a document: albums is written anew",
            "a key's type: others is written anew",
            "never null: albums is read",
            "a unique: albums is read")
        .doesNotContain(
            "a longer text: albums is written anew",
            "any text: albums is written anew",
            "more digits: albums is written anew",
            "a moment: albums is written anew",
            "a check: albums is read",
            "an index: albums is read",
            "another foreign key: albums is read");
  }

  @Test
  void onSmallTables() {
    assertThat(everyCase(Long.MAX_VALUE))
        .contains(
            "a check: albums is read",
            "an index: albums is read",
            "another foreign key: albums is read");
  }

  /// @param large how many rows a table has that is not large
  /// @return what was seen to go through rows while others wait
  private Set<String> everyCase(long large) {
    Set<String> seen = new LinkedHashSet<>();
    Set<Class<?>> kinds = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    ChangeCases.ALL.forEach(
        (name, replaced) -> {
          String after = ChangeCases.BEFORE;
          for (int i = 0; i < replaced.size(); i += 2) {
            assertThat(after).as(name).contains(replaced.get(i));
            after = after.replace(replaced.get(i), replaced.get(i + 1));
          }
          try (Empty database = filled()) {
            Migrator migrator =
                new Migrator(dialect(), ddl(), new PostgresAlterations(large), "under test");
            Migration plan = migrator.plan(database.migratable(), goal(after));
            assertThat(plan.obstacles()).as(name).isEmpty();
            assertThat(plan.changes()).as(name).isNotEmpty();
            plan.changes().forEach(change -> kinds.add(change.getClass()));
            Watched watched = new Watched(database.migratable(), plan, name, seen, wrong);
            migrator.apply(watched, goal(after), true);
          }
        });
    assertThat(wrong).isEmpty();
    assertThat(kinds).containsAll(Arrays.asList(Change.Structural.class.getPermittedSubclasses()));
    return seen;
  }

  private Empty filled() {
    PostgresEmpty database = PostgresEmpty.on(version);
    Migrator.Goal goal = goal(ChangeCases.BEFORE);
    new Installer(dialect(), ddl(), "under test").install(database.installation(), goal);
    Migratable tables = database.migratable();
    tables.alone(
        "INSERT INTO artists (name) SELECT 'a' || i FROM generate_series(1, %d) i".formatted(ROWS));
    tables.alone(
        "INSERT INTO albums (title, code, short, price, artist_id) SELECT 't' || i, i, 'x', i, i FROM generate_series(1, %d) i"
            .formatted(ROWS));
    tables.alone(
        "INSERT INTO others (id, album_id) SELECT i, i FROM generate_series(1, %d) i"
            .formatted(ROWS));
    tables.alone("ANALYZE");
    return database;
  }

  // ── what the server sees ──

  private record Look(String name, long file, long read, Set<String> locks) {}

  /// A database in which each step is compared with what it says of itself.
  private record Watched(
      Migratable database, Migration plan, String change, Set<String> seen, List<String> wrong)
      implements Migratable {
    /// By themselves run only those that the server lets others work beside.
    @Override
    public void alone(String statement) {
      if (!statement.matches(
          "(?s)ALTER TABLE \\S+ VALIDATE CONSTRAINT .*|CREATE (UNIQUE )?INDEX CONCURRENTLY .*|ALTER TYPE \\S+ ADD VALUE .*"))
        wrong.add(change + ": " + statement);
      database.alone(statement);
    }

    @Override
    public void alone(SqlMigration migration) throws StatementRefused {
      database.alone(migration);
    }

    @Override
    public Installation look() {
      return database.look();
    }

    @Override
    public Installation begin() {
      return new Watching(database.begin(), this);
    }

    @Override
    public Installation load() {
      return database.load();
    }

    @Nullable Step step(String statement) {
      for (Step step : plan.steps()) if (step.statement().equals(statement)) return step;
      return null;
    }
  }

  private static final class Watching extends Passing {
    private final Watched watched;
    private final Set<Long> existing;

    Watching(Installation whole, Watched watched) {
      super(whole);
      this.watched = watched;
      this.existing = tables().keySet();
    }

    @Override
    public void run(String statement) {
      Map<Long, Look> before = tables();
      super.run(statement);
      Map<Long, Look> after = tables();
      Step step = watched.step(statement);
      for (Long table : existing)
        if (before.containsKey(table) && after.containsKey(table))
          compare(statement, step, before.get(table), after.get(table));
    }

    private void compare(String statement, @Nullable Step step, Look before, Look after) {
      Set<String> taken = new HashSet<>(after.locks);
      taken.removeAll(before.locks);
      Step.Wait said = step == null ? new Step.Wait.Nobody() : step.holdsUp();
      if (taken.contains("AccessExclusiveLock")) {
        if (!(said instanceof Step.Wait.Everybody(String of) && names(of, before, after)))
          wrong(statement, step, after.name + " is locked for all");
      } else if (!before.locks.contains("AccessExclusiveLock")
          && (taken.contains("ShareLock")
              || taken.contains("ShareRowExclusiveLock")
              || taken.contains("ExclusiveLock"))) {
        boolean isSaid =
            switch (said) {
              case Step.Wait.Nobody() -> false;
              case Step.Wait.Writers(String of) -> names(of, before, after);
              case Step.Wait.Everybody(String of) -> names(of, before, after);
            };
        if (!isSaid) wrong(statement, step, after.name + " is locked for those who write");
      }
      boolean isRewritten = before.file != after.file;
      boolean isRead = after.read - before.read >= ROWS;
      if (!isRewritten && !isRead) return;
      String what = after.name + (isRewritten ? " is written anew" : " is read");
      watched.seen.add(watched.change + ": " + what);
      if (step == null || step.rows() < ROWS / 2) wrong(statement, step, what);
    }

    private static boolean names(String titles, Look before, Look after) {
      List<String> all = List.of(titles.split(" and ", -1));
      return all.contains(before.name) || all.contains(after.name);
    }

    private void wrong(String statement, @Nullable Step step, String what) {
      String said = step == null ? "no step" : step.cost();
      watched.wrong.add(
          "%s: %s, but says '%s':%n%s".formatted(watched.change, what, said, statement));
    }

    private Map<Long, Look> tables() {
      ColumnType number = new ColumnType.Whole(64);
      ColumnType text = new ColumnType.Text();
      Map<Long, Look> tables = new LinkedHashMap<>();
      for (List<Value> row :
          super.values(Sql.raw(LOOK), List.of(number, text, number, number, text)))
        if (row.get(0) instanceof Value.Whole(long id)
            && row.get(1) instanceof Value.Text(String name)
            && row.get(2) instanceof Value.Whole(long file)
            && row.get(3) instanceof Value.Whole(long read)
            && row.get(4) instanceof Value.Text(String locks))
          tables.put(
              id,
              new Look(
                  name,
                  file,
                  read,
                  Arrays.stream(locks.split(" ", -1)).collect(Collectors.toSet())));
      return tables;
    }
  }

  @Override
  protected Empty open() {
    return PostgresEmpty.on(version);
  }

  @Override
  protected Parts parts() {
    return PostgresEmpty.PARTS;
  }

  @Override
  protected SeedFiles seeds() {
    return file -> new ByteArrayInputStream(new byte[0]);
  }
}
