package dev.mainstay.app.testing;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.testing.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Tells people how tests went: a line for each file, and of each that failed where it is, what was
/// asked, and what was not as expected.
public final class Report {
  private final Consumer<String> out;
  private final boolean colours;
  private int files;
  private int tests;
  private int failed;

  /// @param out takes a line
  public Report(Consumer<String> out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  public void add(Outcome.OfFile file) {
    files++;
    tests += file.outcomes().size();
    int broken = file.failed().size();
    failed += broken;
    String number = tests(file.outcomes().size());
    if (broken == 0) {
      out.accept(painted("ok  ", "32") + "  " + file.file().name() + "  " + number);
      return;
    }
    String which = broken == file.outcomes().size() ? number : broken + " of " + number;
    out.accept(painted("FAIL", "31;1") + "  " + file.file().name() + "  " + which);
    for (Outcome outcome : file.failed()) add(outcome);
    out.accept("");
  }

  private void add(Outcome outcome) {
    Outcome.Failure failure = outcome.failure();
    if (failure == null) return;
    Step step = failure.step();
    Position at = step.position();
    String name = outcome.test().name();
    out.accept("");
    out.accept(painted("%s:%d:%d".formatted(at.file(), at.line(), at.column()), "1") + ": " + name);
    if (outcome.test().steps().size() > 1) {
      String which = "step " + failure.number() + " of " + outcome.test().steps().size();
      out.accept("  " + (step.name() == null ? which : which + ", " + step.name()));
    }
    out.accept("  as " + step.as().name() + ": " + step.call());
    for (String line : failure.lines()) out.accept("    " + line);
  }

  /// The last line.
  ///
  /// @param where what the tests ran on
  public void end(String where, Duration took) {
    String how = failed == 0 ? painted("all passed", "32") : painted(failed + " failed", "31;1");
    String seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3);
    out.accept(
        "%s in %s on %s: %s (%s)"
            .formatted(
                tests(tests), files + (files == 1 ? " file" : " files"), where, how, seconds));
  }

  public boolean isGood() {
    return failed == 0;
  }

  private static String tests(int number) {
    return number + (number == 1 ? " test" : " tests");
  }

  private String painted(String text, String colour) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
