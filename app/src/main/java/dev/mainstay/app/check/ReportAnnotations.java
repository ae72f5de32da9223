package dev.mainstay.app.check;

import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A report as commands to a runner of GitHub Actions, which shows each finding at its line.
public final class ReportAnnotations {
  private ReportAnnotations() {}

  /// @param path how a file is called
  public static String of(Report report, UnaryOperator<String> path) {
    return report.findings().stream()
        .map(finding -> line(finding, path))
        .collect(Collectors.joining("\n"));
  }

  private static String line(Report.Finding finding, UnaryOperator<String> path) {
    String level =
        switch (finding.severity()) {
          case "fault" -> "error";
          case "warning" -> "warning";
          default -> "notice";
        };
    String title = finding.subject() == null ? "fault" : finding.code() + ":" + finding.subject();
    StringBuilder line = new StringBuilder("::").append(level).append(' ');
    if (!finding.position().file().isEmpty())
      line.append("file=").append(property(path.apply(finding.position().file()))).append(',');
    if (finding.position().line() > 0)
      line.append(
          "line=%d,col=%d,".formatted(finding.position().line(), finding.position().column()));
    line.append("title=").append(property(title)).append("::").append(data(finding.message()));
    if (finding.hint() != null) line.append(data("\nhint: " + finding.hint()));
    if (finding.yaml() != null) line.append(data(": " + finding.yaml()));
    return line.toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
