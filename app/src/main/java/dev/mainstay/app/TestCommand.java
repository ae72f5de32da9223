package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.log.Logs;
import dev.mainstay.app.testing.Credentials;
import dev.mainstay.app.testing.JunitXml;
import dev.mainstay.app.testing.Outcome;
import dev.mainstay.app.testing.Report;
import dev.mainstay.app.testing.TestFolder;
import dev.mainstay.app.testing.TestRun;
import dev.mainstay.core.model.Role;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "test",
    description = {
      "Run the project's tests of policies and requests, tests/*.yaml, on databases of their own"
          + " that hold the seed and are thrown away."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "On SQLite, unless the project has a database on PostgreSQL: then databases",
      "mainstay_test_… are made on that server, and dropped."
    })
final class TestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Tests by a part of their name, or by their file; * stands for anything.")
  private final List<String> only = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many run at once. Default: as many as there are processors.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write how they went as JUnit's XML, for build servers.")
  private @Nullable Path junit;

  @Mixin private final ProjectArgument project = new ProjectArgument();

  TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (jobs < 1) throw new Sorry("--jobs must be 1 or more");
    Config config = project.config(terminal);
    Backend backend = Backend.read(config.model()).declared();
    TestFolder tests = tests(config, backend);
    if (!tests.faults().isEmpty()) return Main.faults(tests.faults(), "no test was run", terminal);
    return run(config, backend, tests.only(only)) ? 0 : Main.CANNOT;
  }

  private TestFolder tests(Config config, Backend backend) {
    Path folder = config.model().resolveSibling("tests").normalize();
    List<String> roles = backend.own().roles().stream().map(Role::name).toList();
    try {
      TestFolder tests = TestFolder.read(folder, terminal.folder(), roles);
      if (tests.files().isEmpty())
        throw new Sorry("There are no tests in " + folder + "; docs/testing.md shows some");
      if (tests.faults().isEmpty() && tests.only(only).size() == 0)
        throw new Sorry(
            only.isEmpty()
                ? "There are no tests in the files in " + folder
                : "No test goes by " + String.join(" or ", only));
      return tests;
    } catch (CharacterCodingException _) {
      throw new Sorry("A file in " + folder + " is not UTF-8");
    } catch (IOException e) {
      throw new Sorry("The tests in " + folder + " cannot be read: " + e.getMessage());
    }
  }

  private boolean run(Config config, Backend backend, TestFolder tests) {
    long begun = System.nanoTime();
    boolean colours = terminal.isInteractive() && !terminal.environment().containsKey("NO_COLOR");
    var report = new Report(terminal::say, colours);
    var outcomes = new ArrayList<Outcome.OfFile>();
    var stopped = new AtomicBoolean();
    try (Scratch scratch = Wiring.scratch(config)) {
      Thread stop = stopping(stopped, scratch::close);
      Runtime.getRuntime().addShutdownHook(stop);
      try {
        scratch.install(config, backend);
        Credentials credentials = Wiring.credentials(config);
        new TestRun(Wiring.benches(config, backend, scratch, credentials), credentials, jobs)
            .run(
                tests.files(),
                file -> {
                  if (stopped.get()) return;
                  report.add(file);
                  outcomes.add(file);
                });
      } catch (RuntimeException e) {
        // What goes wrong when the databases are taken away is no news.
        if (stopped.get()) return false;
        throw e;
      } finally {
        removeHook(stop);
      }
      if (stopped.get()) return false;
      report.end(scratch.shown(), Duration.ofNanos(System.nanoTime() - begun));
    }
    if (junit != null) write(terminal.folder().resolve(junit), JunitXml.of(outcomes));
    return report.isGood();
  }

  /// What Ctrl-C does: nothing more is said, and the databases go.
  private static Thread stopping(AtomicBoolean stopped, Runnable close) {
    return new Thread(
        () -> {
          stopped.set(true);
          Logs.stop();
          close.run();
        },
        "stop");
  }

  private static void removeHook(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException _) {
      // The process ends, and the hook does its work.
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Sorry(file + " cannot be written: " + e.getMessage());
    }
  }
}
