package dev.mainstay.testkit.leaks;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.PlantedFault;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Wrote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks a database at random, and asks the same of one in which the rows that the caller may not
/// read never were. Whatever is answered differently tells of such a row: rows, counts, their
/// order, what a write did and returned, and why something is refused.
///
/// Two things are named in `docs/security.md` as telling, and kept from happening here: a key that
/// a hidden row has already, and a reference to one.
public final class LeakSearch {
  /// How many requests a test makes. `-Dmainstay.leak.rounds=100000` searches longer,
  /// `-Dmainstay.leak.seed=…` repeats what a failure names.
  private static final int ROUNDS = Integer.getInteger("mainstay.leak.rounds", 2000);

  /// How many are made to find what is planted. The rarest is found after a few thousand.
  private static final int ROUNDS_FOR_A_FAULT = 20_000;

  private static final long SEED = Long.getLong("mainstay.leak.seed", 20_261_121L);

  /// How many requests a model serves at least: to set up a database takes longer than a hundred.
  private static final int OF_A_MODEL = 500;

  private static final Caller CALLER = Callers.user("a", RandomRules.CLAIMS);

  private final PlantedFault planted;
  private final Office office;
  private final Backend whole;
  private final Backend visible;

  private LeakSearch(PlantedFault planted, Office office, Backend whole, Backend visible) {
    this.planted = planted;
    this.office = office;
    this.whole = whole;
    this.visible = visible;
  }

  /// Ends a unit without leaving anything of it.
  private static final class Undo extends RuntimeException {
    private final String answer;

    Undo(String answer) {
      super(null, null, false, false);
      this.answer = answer;
    }
  }

  /// The first difference, with the seed that finds it again, or null when there is none.
  public static @Nullable String find(EngineUnderTest engine, PlantedFault planted) {
    return find(engine, SEED, planted == PlantedFault.NONE ? ROUNDS : ROUNDS_FOR_A_FAULT, planted);
  }

  static @Nullable String find(
      EngineUnderTest engine, long seed, int rounds, PlantedFault planted) {
    int each = Math.max(OF_A_MODEL, rounds / 100);
    for (int done = 0; done < rounds; done += each) {
      long own = seed + done / each;
      Office office = Office.random(new Random(own), own % 2 == 0);
      try (Backend whole = office.whole(engine, planted);
          Backend visible = office.visible(engine)) {
        LeakSearch search = new LeakSearch(planted, office, whole, visible);
        for (int round = 0; round < Math.min(each, rounds - done); round++) {
          String difference = search.round(new Random(own * 1_000_003 + round));
          if (difference != null)
            return "-Dmainstay.leak.seed=%d, round %d: %s%n%s"
                .formatted(own, round, difference, office.model());
        }
      }
    }
    return null;
  }

  private @Nullable String round(Random random) {
    RandomAsks asks = new RandomAsks(random, office.written());
    Function<Backend, String> asked =
        random.nextInt(7) == 0
            ? call(asks)
            : office.written() && random.nextInt(3) > 0 ? write(asks) : read(asks);
    String one = asked.apply(whole);
    String other = asked.apply(visible);
    return one.equals(other) ? null : "%s%n  %s%n  %s".formatted(asked, one, other);
  }

  /// What is asked, and how its text is.
  private record Request(Object asked, Function<Backend, String> answer)
      implements Function<Backend, String> {
    @Override
    public String apply(Backend backend) {
      try {
        return answer.apply(backend);
      } catch (ProblemException refused) {
        return refused.problem().toString();
      }
    }

    @Override
    public String toString() {
      return asked.toString();
    }
  }

  // ── reads ──

  private Request read(RandomAsks asks) {
    Desk desk = asks.desk();
    if (asks.random().nextInt(12) == 0) {
      Asked.Read groups = asks.groups(desk).from(desk.name());
      return new Request(
          groups, backend -> texts(rows(backend, groups)).stream().sorted().toList().toString());
    }
    Asked.Read read = asks.rows(desk, 3).countedFrom(asks.name(desk));
    return new Request(
        read,
        backend -> {
          Rows rows = rows(backend, read);
          return rows.total() + " " + texts(rows);
        });
  }

  private Rows rows(Backend backend, Asked.Read read) {
    Plan.Read plan = backend.planner().read(read, CALLER);
    if (backend != whole || planted == PlantedFault.NONE) return backend.read(plan);
    return new Rows(
        backend.read(planted.in(plan)).rows(), backend.read(planted.counted(plan)).total());
  }

  private static List<String> texts(Rows rows) {
    return rows.rows().stream().map(row -> new String(row, StandardCharsets.UTF_8)).toList();
  }

  // ── calls ──

  private Request call(RandomAsks asks) {
    Random random = asks.random();
    Routine routine = asks.one(office.routines());
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (String argument : routine.arguments())
      arguments.put(argument, argument(random, routine, argument));
    if (random.nextInt(40) == 0) arguments.put("kez", 1);
    String given = new Row(arguments).json();
    boolean groups = random.nextInt(8) == 0;
    Ask ask = groups ? asks.groups(routine.desk()) : asks.rows(routine.desk(), 2);
    Asked.Call call = asks.call(routine, given, ask);
    return new Request(
        call,
        backend -> {
          Plan.Call plan = backend.planner().call(call, Plan.Expectation.ANY, CALLER);
          if (routine.writes())
            return undone(backend, unit -> shown(unit.call(spoilt(backend, plan, true)), groups));
          Rows rows = backend.call(spoilt(backend, plan, false));
          if (backend == whole && planted != PlantedFault.NONE)
            rows = new Rows(rows.rows(), backend.call(planted.counted(plan, false)).total());
          return shown(rows, groups);
        });
  }

  /// A key is one that is seen, where the function writes.
  private Integer argument(Random random, Routine routine, String argument) {
    List<Row> seen = office.readable().of(routine.desk().name());
    if (!argument.equals("key")) return random.nextInt(argument.equals("set") ? 10 : 4);
    if (!routine.writes()) return random.nextInt(20);
    return seen.isEmpty()
        ? (Integer) 99
        : (Integer)
            Objects.requireNonNull(
                seen.get(random.nextInt(seen.size())).at(routine.desk().key().getFirst()));
  }

  private Plan.Call spoilt(Backend backend, Plan.Call plan, boolean writes) {
    return backend == whole ? planted.in(plan, writes) : plan;
  }

  private static String shown(Rows rows, boolean groups) {
    List<String> texts = texts(rows);
    return rows.total() + " " + (groups ? texts.stream().sorted().toList() : texts);
  }

  // ── writes ──

  private Request write(RandomAsks asks) {
    Random random = asks.random();
    Desk desk = asks.one(Desk.WRITTEN);
    Ask returning = random.nextInt(4) == 0 ? null : asks.rows(desk, 2);
    return switch (random.nextInt(3)) {
      case 0 -> {
        String set = random.nextBoolean() ? "{\"n\":7}" : "{\"t\":\"x1\",\"k\":1}";
        if (!set.contains("n")) set = "{\"t\":\"x1\",\"n\":null}";
        Asked.Update update =
            NewRows.update(desk.name(), set, List.of(asks.conditions(desk)), returning);
        yield new Request(
            update,
            backend ->
                written(backend, backend.planner().update(update, Plan.Expectation.ANY, CALLER)));
      }
      case 1 -> {
        Asked.Delete delete =
            new Asked.Delete(
                Ask.table(desk.name()),
                List.of(asks.conditions(desk)),
                returning == null ? null : returning.rows());
        yield new Request(
            delete,
            backend ->
                written(backend, backend.planner().delete(delete, Plan.Expectation.ANY, CALLER)));
      }
      default -> {
        boolean upserts = random.nextBoolean();
        Asked.Insert insert =
            NewRows.insert(desk.name(), newRows(random, desk, upserts), returning);
        if (upserts) insert = upsert(insert, random.nextInt(4) > 0);
        Asked.Insert asked = insert;
        yield new Request(
            asked, backend -> written(backend, backend.planner().insert(asked, CALLER)));
      }
    };
  }

  private static Asked.Insert upsert(Asked.Insert insert, boolean merge) {
    return new Asked.Insert(
        insert.into(),
        insert.columns(),
        insert.rows(),
        new Asked.Conflict(List.of(), merge),
        insert.returning());
  }

  /// Rows of keys that no row has, or one that is seen has, and which refer to none, or to one that
  /// is seen or is not there at all.
  private String newRows(Random random, Desk desk, boolean upserts) {
    List<Row> rows = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Row row = Contents.row(random, desk, 1000 + i);
      if (random.nextBoolean()) row = row.with("owner", "a");
      for (Desk.Way way : desk.references()) {
        List<Row> seen = office.readable().of(way.to());
        boolean none = desk.isNullable(way.column()) && random.nextBoolean();
        Object key =
            none
                ? null
                : seen.isEmpty() || random.nextInt(12) == 0
                    ? (Integer) 99
                    : seen.get(random.nextInt(seen.size())).at("id");
        row = row.with(way.column(), key);
      }
      List<Row> seen = office.readable().of(desk.name());
      // What policies look up stays as it is.
      if (i < seen.size() && random.nextInt(upserts ? 2 : 12) == 0)
        row = seen.get(i).with("n", row.at("n")).with("t", row.at("t"));
      if (!clashesUnseen(desk, row)) rows.add(row);
    }
    if (rows.isEmpty()) rows.add(Contents.row(random, Desk.of("tags"), 1000));
    return Row.json(rows);
  }

  private boolean clashesUnseen(Desk desk, Row row) {
    return has(office.all(), desk, row) && !has(office.readable(), desk, row);
  }

  private static boolean has(Contents contents, Desk desk, Row row) {
    return contents.of(desk.name()).stream()
        .anyMatch(other -> other.key(desk).equals(row.key(desk)));
  }

  private String written(Backend backend, Plan.Write plan) {
    return undone(
        backend,
        unit -> {
          Wrote wrote = Wrote.of(unit.write(backend == whole ? planted.in(plan) : plan));
          return wrote.keys().stream().sorted().toList() + "" + wrote.rows();
        });
  }

  /// What is answered, and what the caller then sees of every table; then it is undone.
  private static String undone(Backend backend, Engine.Work<String> work) {
    try {
      backend.unit(
          unit -> {
            StringBuilder answer = new StringBuilder(work.in(unit));
            for (Desk desk : Desk.ALL) {
              if (desk.isView()) continue;
              Ask all =
                  Ask.of().with(Ask.countRows()).with(Ask.aggregate("n", Asked.Aggregate.SUM, "n"));
              Plan.Read read = backend.planner().read(all.from(desk.name()), CALLER);
              answer.append(texts(unit.read(read)));
            }
            throw new Undo(answer.toString());
          });
      throw new AssertionError("the unit was to be undone");
    } catch (Undo undone) {
      return Objects.requireNonNull(undone.answer);
    }
  }
}
