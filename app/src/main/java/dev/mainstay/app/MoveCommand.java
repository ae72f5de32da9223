package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Table;
import dev.mainstay.services.keys.Secrets;
import dev.mainstay.services.rows.NotMoved;
import dev.mainstay.services.rows.Progress;
import dev.mainstay.services.writes.Stopped;
import dev.mainstay.services.writes.WriteSwitch;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.Arrival;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mainstay move …`. Works beside running servers, which go on to answer reads.
@Command(
    name = "move",
    description = {
      "Move the database to another one, of whatever engine: model, rows, keys and ledgers. Writes"
          + " are stopped meanwhile, and stay so; reads are answered. A move that was cut short goes"
          + " on with the same command."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MoveCommand implements Callable<Integer> {
  private static final String REASON = "Writes are stopped while the database is moved";

  private static final String VARIABLE = "env:";

  private final Terminal terminal;

  @Option(
      names = "--to",
      paramLabel = "URL|DIR|env:NAME",
      description = {
        "postgres://user:password@host/database, a data folder for SQLite, or the environment"
            + " variable that says it, which nobody else on the machine can see."
      })
  private @Nullable String to;

  @Option(names = "--plan", description = "Only say whether it can be done, and what it takes.")
  private boolean onlyPlan;

  @Option(
      names = "--leave-behind",
      description = "Move even if the database holds what the model does not say: that stays.")
  private boolean leaveBehind;

  @Option(names = "--give-up", description = "Give a move up that is under way, and allow writes.")
  private boolean giveUp;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Mixin private final ProjectOption project = new ProjectOption();

  private final WriteSwitch writes = new WriteSwitch(System::nanoTime);
  private final List<ProgressLine> lines = new ArrayList<>();

  MoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    if (giveUp == (to != null)) throw new Sorry("Say --to where, or --give-up");
    if (to != null && to.startsWith(VARIABLE)) to = fromEnvironment(to);
    Backend backend = Backend.read(config.model()).declared();
    Store from = Store.openBeside(config);
    try {
      requireApplied(backend, from);
      from.installOwn(backend);
      Served source = Wiring.inside(backend, from);
      if (to == null) return giveUp(source);
      Store target = Store.target(to, config, terminal.folder());
      try {
        return move(config, backend, from, target, source);
      } finally {
        target.close();
      }
    } finally {
      lines.forEach(ProgressLine::end);
      from.close();
    }
  }

  private String fromEnvironment(String variable) {
    String name = variable.substring(VARIABLE.length());
    String value = terminal.environment().get(name);
    if (value == null || value.isEmpty())
      throw new Sorry("The environment has no variable " + name);
    return value;
  }

  /// What the file says is what the database has.
  private static void requireApplied(Backend backend, Store from) {
    Applied applied = from.applied();
    if (!backend.source().text().equals(applied.source()))
      throw new Sorry(
          "%s says something else than version %d of the model, which the database has; apply it first, or bring it back"
              .formatted(backend.source().file(), applied.version()));
  }

  private int giveUp(Served source) {
    Stopped stopped = writes.look(source);
    Stopped.Move move = stopped == null ? null : stopped.move();
    if (move == null) throw new Sorry("No move is under way");
    if (move.isDone())
      throw new Sorry(
          "The move to %s is done; `mainstay writes start --anyway` allows writes here again"
              .formatted(move.target()));
    writes.start(source);
    terminal.say(
        """
        The move to %s is given up, and everybody may write again.
        What is there is of no use any more: remove it before another move goes there."""
            .formatted(move.target()));
    return 0;
  }

  // ── the move ──

  private int move(Config config, Backend backend, Store from, Store target, Served source) {
    if (target.shown().equals(from.shown())) throw new Sorry("That is where the database is");
    Stopped stopped = writes.look(source);
    Stopped.Move under = under(stopped, target);
    String id = under == null ? UUID.randomUUID().toString() : under.id();
    Arrival arrival = target.arrival(backend, config.model(), id);
    check(config, backend, from, target, arrival);
    List<SqlMigration> files = MigrationFolder.beside(config.model(), from.dialect().name());
    Move move = new Move(backend, from, target, source, arrival, files, this::progress);
    total = move.total();
    if (onlyPlan) {
      terminal.say(
          String.format(
              Locale.ROOT,
              "%s can be moved to %s: %,d rows in %d tables.",
              from.shown(),
              target.shown(),
              total,
              Move.tables(backend).size()));
      return 0;
    }
    if (under == null) writes.stop(source, REASON, new Stopped.Move(id, target.shown(), false));
    terminal.say("Writes to " + from.shown() + " are stopped; reads are answered.");
    try {
      awaitWrites(config, source);
      return moved(config, move, arrival, backend, from, target, source, id);
    } catch (StoreException | Sorry | NotMoved e) {
      throw new Sorry(e.getMessage() + "\n" + howToGoOn(target));
    }
  }

  private int moved(
      Config config,
      Move move,
      Arrival arrival,
      Backend backend,
      Store from,
      Store target,
      Served source,
      String id) {
    if (!arrival.reached().isArrived()) {
      List<Move.Compared> compared = move.run();
      lines.forEach(ProgressLine::end);
      report(compared);
      if (!compared.stream().allMatch(Move.Compared::isSame)) {
        terminal.err().println("mainstay: the databases hold different rows. " + howToGoOn(target));
        terminal.err().flush();
        return Main.CANNOT;
      }
      move.arrive();
      target.finishNew(backend, config.model());
    }
    writes.stop(source, REASON, new Stopped.Move(id, target.shown(), true));
    secrets(config, target);
    terminal.say(next(from, target));
    return 0;
  }

  private static Stopped.@Nullable Move under(@Nullable Stopped stopped, Store target) {
    Stopped.Move move = stopped == null ? null : stopped.move();
    if (move == null) return null;
    if (move.isDone() && !move.target().equals(target.shown()))
      throw new Sorry("The database was moved to " + move.target() + " already");
    if (!move.target().equals(target.shown()))
      throw new Sorry(
          "A move to %s is under way; go on with that one, or give it up: mainstay move --give-up"
              .formatted(move.target()));
    return move;
  }

  // ── before anything is touched ──

  private void check(Config config, Backend backend, Store from, Store target, Arrival arrival) {
    target.requireServable(backend);
    for (Table table : Move.tables(backend))
      if (table.primaryKey().isEmpty())
        throw new Sorry("'%s' has no key to read it by".formatted(table.name().title()));
    Migration plan = from.plan(backend, config.model());
    if (!plan.steps().isEmpty() || !plan.agenda().due().isEmpty() || plan.isInTheWay())
      throw new Sorry(
          "The database is not what its model says; `mainstay plan` shows why, and `mainstay apply` sets it right");
    try {
      arrival.reached();
    } catch (StoreException e) {
      throw new Sorry("Nothing can be moved to " + target.shown() + ". " + e.getMessage());
    }
    List<String> left = from.leftBehind(backend, plan);
    if (left.isEmpty()) return;
    String sentence =
        "This is not said by the model, and is not moved:\n  " + String.join("\n  ", left);
    if (!leaveBehind) throw new Sorry(sentence + "\nWith --leave-behind the rest is moved.");
    terminal.say(sentence);
  }

  /// Waits until no server takes writes for allowed any more, and what has begun is over.
  private void awaitWrites(Config config, Served source) {
    Stopped stopped = writes.look(source);
    if (stopped == null)
      throw new Sorry("Somebody has allowed writes meanwhile; begin again with an empty database");
    Duration longest =
        config.timeouts().others().compareTo(config.timeouts().anon()) > 0
            ? config.timeouts().others()
            : config.timeouts().anon();
    Duration since =
        Duration.between(
            OffsetDateTime.parse(stopped.since()).toInstant(), Clock.systemUTC().instant());
    Duration left = WriteSwitch.TRUSTED.plus(longest).minus(since);
    if (left.isNegative()) return;
    try {
      Thread.sleep(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Sorry("The move was interrupted");
    }
  }

  // ── what is told ──

  private long total;

  private Progress progress(String title) {
    if (quiet) return Progress.NOBODY;
    lines.forEach(ProgressLine::end);
    ProgressLine line =
        new ProgressLine(title, total, terminal.isInteractive(), terminal.err(), System::nanoTime);
    lines.add(line);
    return line;
  }

  private void report(List<Move.Compared> compared) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("TABLE", "ROWS", "CHECKSUM", ""));
    for (Move.Compared one : compared) {
      rows.add(
          List.of(
              one.table().name().title(),
              String.format(Locale.ROOT, "%,d", one.here().rows()),
              one.here().sum(),
              one.isSame() ? "agrees" : "DIFFERS"));
      if (!one.isSame())
        rows.add(
            List.of(
                "  there",
                String.format(Locale.ROOT, "%,d", one.there().rows()),
                one.there().sum(),
                one.difference() == null ? "" : "first at " + one.difference()));
    }
    Columns.print(rows, terminal);
  }

  private static String howToGoOn(Store target) {
    return """
        Writes stay stopped. The same command goes on with the move to %s;
        `mainstay move --give-up` gives it up, and allows writes."""
        .formatted(target.shown());
  }

  private String next(Store from, Store target) {
    boolean isFolder = to != null && !to.contains("://");
    return """

        The database is at %s now, and both hold the same. What is next:
          1. %s
          2. Start every server anew. Those that run answer reads from the old database, and no writes.
        Writes to %s stay stopped; it can be removed when you are content."""
        .formatted(
            target.shown(),
            isFolder
                ? "Let `data` name that folder in mainstay.yaml (or MAINSTAY_DATA), and take database.url away."
                : "Let database.url in mainstay.yaml (or MAINSTAY_DATABASE_URL) say what --to said.",
            from.shown());
  }

  /// Keys go on to be good: what they are signed with goes along into another data folder.
  private void secrets(Config config, Store target) {
    if (to == null || to.contains("://") || config.jwt().secret() != null) return;
    Path ours = config.data().resolve(Secrets.FILE);
    Path theirs = terminal.folder().resolve(to).resolve(Secrets.FILE);
    if (!Files.exists(ours) || Files.exists(theirs)) return;
    try {
      Files.copy(ours, theirs, StandardCopyOption.COPY_ATTRIBUTES);
      terminal.say(Secrets.FILE + " was copied to " + target.shown() + ".");
    } catch (IOException e) {
      throw new Sorry(ours + " cannot be copied to " + theirs + ": " + e.getMessage());
    }
  }
}
