package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.model.TableName;
import dev.mainstay.services.rows.Progress;
import dev.mainstay.sql.Arrival;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A move that is killed at every step it takes, once each, and then up to twice more at random: in
/// the end both databases hold the same.
abstract class KilledMoves {
  private static final String MOVE = "00000000-0000-4000-8000-000000000001";
  private static final String MODEL =
      """
      tables:
        people:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            name: {type: text, unique: true}
            boss_id: {type: integer, nullable: true, references: people}
            home_id: {type: integer, nullable: true, references: homes}
          indexes: [name]
        homes:
          columns:
            id: {type: integer, primary_key: true}
            owner_id: {type: integer, references: people}
            note: {type: text, default: a home}
          search: {words: [note]}
      """;

  private static final Set<String> STEPS = Set.of("run", "insert", "record", "commit");

  @TempDir Path folder;

  /// A database that is empty.
  abstract Store empty() throws Exception;

  private static final class Killed extends RuntimeException {
    Killed() {
      super(null, null, false, false);
    }
  }

  /// What is lived through.
  private static final class Life {
    private int steps;

    Life(int steps) {
      this.steps = steps;
    }

    void step() {
      if (steps-- == 0) throw new Killed();
    }
  }

  @Test
  void goOnFromWhereverTheyWere() throws Exception {
    Path model = project();
    Config config = ConfigReader.read(folder, null, Map.of(), Map.of(), 1L << 30);
    Store from = Store.openBeside(config);
    Random random = new Random(5);
    int kills = 0;
    try {
      Backend backend = Backend.read(model);
      Served source = Wiring.inside(backend, from);
      for (int steps = 0; ; steps++) {
        Store to = empty();
        try {
          boolean isDone = move(backend, model, from, to, source, new Life(steps));
          if (!isDone) {
            kills++;
            for (int more = random.nextInt(3); more > 0; more--)
              move(backend, model, from, to, source, new Life(random.nextInt(40)));
            assertThat(move(backend, model, from, to, source, new Life(Integer.MAX_VALUE)))
                .isTrue();
          }
          Arrival arrival = to.arrival(backend, model, MOVE);
          assertThat(arrival.reached().isArrived()).as("after %d steps", steps).isTrue();
          assertThat(to.applied().checksum()).isEqualTo(backend.checksum());
          assertThat(to.plan(backend, model).steps()).as("after %d steps", steps).isEmpty();
          assertThat(compared(backend, from, to, source, arrival))
              .as("after %d steps", steps)
              .allMatch(Move.Compared::isSame)
              .anyMatch(one -> one.there().rows() == 250);
          assertThat(last(to)).isEqualTo(last(from));
          if (isDone) break;
        } finally {
          to.close();
        }
      }
    } finally {
      from.close();
    }
    assertThat(kills).isGreaterThan(25);
  }

  private Path project() throws Exception {
    folder = folder.toRealPath();
    Path model = folder.resolve("backend.yaml");
    Files.writeString(model, MODEL);
    Running.serve(folder, folder.resolve("data"), Map.of()).close();
    StringBuilder people = new StringBuilder("id,name,boss_id\n");
    for (int i = 1; i <= 249; i++) people.append(i + ",person " + i + "," + (i % 249 + 1) + "\n");
    people.append("300,last,\n");
    Files.writeString(folder.resolve("people.csv"), people);
    Files.writeString(folder.resolve("homes.csv"), "id,owner_id\n1,2\n2,300\n");
    Cli cli = new Cli(folder, folder);
    for (String file : List.of("people.csv", "homes.csv"))
      assertThat(cli.run("import", file).err()).isEmpty();
    return model;
  }

  /// @return whether it has come to its end
  private static boolean move(
      Backend backend, Path model, Store from, Store to, Served source, Life life) {
    Store mortal = mortal(to, life);
    try {
      Arrival arrival = mortal.arrival(backend, model, MOVE);
      if (!arrival.reached().isArrived()) {
        Move move =
            new Move(backend, from, mortal, source, arrival, List.of(), _ -> Progress.NOBODY);
        assertThat(move.run()).allMatch(Move.Compared::isSame);
        move.arrive();
      }
      return true;
    } catch (Killed killed) {
      return false;
    }
  }

  private static List<Move.Compared> compared(
      Backend backend, Store from, Store to, Served source, Arrival arrival) {
    return new Move(backend, from, to, source, arrival, List.of(), _ -> Progress.NOBODY).run();
  }

  private static @Nullable Long last(Store store) {
    try (Installation transaction = store.migratable().get().look()) {
      return transaction.lastNumber(TableName.inDefaultSchema("people"), "id");
    }
  }

  // ── whoever is killed ──

  private static Store mortal(Store store, Life life) {
    Supplier<Migratable> migratable =
        () -> breaking(Migratable.class, store.migratable().get(), life);
    return new Store(
        store.shown(),
        store.dialect(),
        store.ddl(),
        store.alterations(),
        store.installation(),
        migratable,
        store.ledger(),
        store.engine(),
        store.inventory(),
        store.closing());
  }

  private static <T> T breaking(Class<T> kind, T whole, Life life) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (_, method, arguments) -> called(whole, method, arguments, life)));
  }

  private static @Nullable Object called(
      Object whole, Method method, Object @Nullable [] arguments, Life life) throws Throwable {
    boolean isStep = whole instanceof Installation && STEPS.contains(method.getName());
    if (isStep) life.step();
    Object result;
    try {
      result = method.invoke(whole, arguments);
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    // Of what was committed nobody hears any more.
    if (method.getName().equals("commit")) life.step();
    return result instanceof Installation opened
        ? breaking(Installation.class, opened, life)
        : result;
  }
}
