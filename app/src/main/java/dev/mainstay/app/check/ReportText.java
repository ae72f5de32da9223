package dev.mainstay.app.check;

import dev.mainstay.core.advice.Advice;
import dev.mainstay.core.advice.Severity;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.FaultPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A report for people: each piece of advice with its place and the line it stands on, and a
/// summary.
public final class ReportText {
  private ReportText() {}

  /// @param quoted adds the line that something stands on
  public static String of(Report report, UnaryOperator<Fault> quoted) {
    List<Fault> advice = report.open().stream().map(ReportText::fault).map(quoted).toList();
    String text = advice.isEmpty() ? "" : FaultPrinter.print(advice) + "\n";
    List<String> counts = new ArrayList<>();
    counts.add(counted(report.tables(), "table"));
    counts.add("no faults");
    for (Severity severity : Severity.values())
      if (report.count(severity) > 0)
        counts.add(counted(report.count(severity), severity.toString()));
    if (!report.accepted().isEmpty()) counts.add(report.accepted().size() + " accepted");
    return text + report.model() + ": " + String.join(", ", counts);
  }

  private static Fault fault(Advice advice) {
    String hint = advice.hint();
    if (hint != null && advice.yaml() != null) hint += ": " + advice.yaml();
    return new Fault(
        advice.position(),
        "%s: %s [%s]".formatted(advice.code().severity(), advice.message(), advice.key()),
        hint,
        null);
  }

  static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
