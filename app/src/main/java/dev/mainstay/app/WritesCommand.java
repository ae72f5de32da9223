package dev.mainstay.app;

import dev.mainstay.core.engine.Served;
import dev.mainstay.services.writes.Stopped;
import dev.mainstay.services.writes.WriteSwitch;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mainstay writes …`. Works beside running servers, which notice within a second.
@Command(
    name = "writes",
    description = "Stop and start the writes to a database, on every server that has it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class WritesCommand {
  private WritesCommand() {}

  static CommandLine with(Terminal terminal) {
    return new CommandLine(new WritesCommand())
        .addSubcommand(new Stop(terminal))
        .addSubcommand(new Start(terminal))
        .addSubcommand(new Status(terminal));
  }

  /// Where a project is, for each of these commands.
  static final class Project {
    @Mixin private final ProjectOption option = new ProjectOption();

    <T> T writes(Terminal terminal, BiFunction<WriteSwitch, Served, T> work) {
      var config = option.config(terminal);
      Backend backend = Backend.of(config);
      Store store = Store.openBeside(config);
      store.installOwn(backend);
      Served served = Wiring.inside(backend, store);
      try (var engine = served.engine()) {
        return work.apply(new WriteSwitch(System::nanoTime), new Served(served.planner(), engine));
      }
    }
  }

  @Command(
      name = "stop",
      description = "Answer every write with 503 from now on. Reads are answered as before.",
      mixinStandardHelpOptions = true)
  static final class Stop implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--reason", paramLabel = "TEXT", description = "What callers are told.")
    private @Nullable String reason;

    @Mixin private final Project project = new Project();

    Stop(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      return project.writes(
          terminal,
          (writes, served) -> {
            Stopped stopped = writes.look(served);
            if (stopped != null && stopped.move() != null)
              throw new Sorry("Writes are stopped already, for a move to " + target(stopped));
            writes.stop(
                served,
                reason == null ? "Writes are stopped for a while" : "Writes are stopped: " + reason,
                null);
            terminal.say(
                "Writes are stopped: every server answers them with 503 within a second.\n"
                    + "`mainstay writes start` allows them again.");
            return 0;
          });
    }
  }

  @Command(name = "start", description = "Allow writes again.", mixinStandardHelpOptions = true)
  static final class Start implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
        names = "--anyway",
        description = "Even if the database has been moved, and other rows are written there.")
    private boolean anyway;

    @Mixin private final Project project = new Project();

    Start(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      return project.writes(
          terminal,
          (writes, served) -> {
            Stopped stopped = writes.look(served);
            if (stopped != null) refuse(stopped);
            writes.start(served);
            terminal.say(stopped == null ? "Everybody may write." : "Everybody may write again.");
            return 0;
          });
    }

    private void refuse(Stopped stopped) {
      Stopped.Move move = stopped.move();
      if (move == null) return;
      if (!move.isDone())
        throw new Sorry(
            "A move to %s is under way; `mainstay move --give-up` ends it, and allows writes"
                .formatted(move.target()));
      if (!anyway)
        throw new Sorry(
            "The database was moved to %s, and what is written here would not be there; with --anyway it is allowed"
                .formatted(move.target()));
    }
  }

  @Command(
      name = "status",
      description = "Say whether anybody may write.",
      mixinStandardHelpOptions = true)
  static final class Status implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin private final Project project = new Project();

    Status(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      terminal.say(project.writes(terminal, (writes, served) -> sentence(writes.look(served))));
      return 0;
    }
  }

  private static String sentence(@Nullable Stopped stopped) {
    if (stopped == null) return "Everybody may write.";
    Stopped.Move move = stopped.move();
    if (move == null)
      return "Writes are stopped since %s. Callers are told: %s"
          .formatted(stopped.since(), stopped.reason());
    return (move.isDone()
                ? "The database was moved to %s; writes"
                : "A move to %s is under way; writes")
            .formatted(move.target())
        + " are stopped since "
        + stopped.since()
        + ".";
  }

  private static String target(Stopped stopped) {
    Stopped.Move move = stopped.move();
    return move == null ? "" : move.target();
  }
}
