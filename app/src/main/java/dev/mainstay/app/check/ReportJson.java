package dev.mainstay.app.check;

import dev.mainstay.core.advice.Acceptance;
import dev.mainstay.core.advice.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A report as one JSON object, as `docs/advice.md` describes it. What does not apply is left out.
public final class ReportJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportJson() {}

  /// @param path how a file is called
  public static String of(Report report, UnaryOperator<String> path) {
    Map<String, Object> whole = new LinkedHashMap<>();
    if (!report.model().isEmpty()) whole.put("model", path.apply(report.model()));
    whole.put("tables", report.tables());
    whole.put("faults", report.faults().size());
    whole.put("warnings", report.count(Severity.WARNING));
    whole.put("notes", report.count(Severity.NOTE));
    whole.put("findings", all(report.findings(), path));
    List<Report.Finding> accepted =
        report.accepted().stream()
            .map((Acceptance.Accepted one) -> Report.Finding.of(one.advice(), one.reason()))
            .toList();
    whole.put("accepted", all(accepted, path));
    return JSON.writeValueAsString(whole);
  }

  private static List<Map<String, Object>> all(
      List<Report.Finding> findings, UnaryOperator<String> path) {
    return findings.stream().map(finding -> one(finding, path)).toList();
  }

  private static Map<String, Object> one(Report.Finding finding, UnaryOperator<String> path) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("severity", finding.severity());
    one.put("code", finding.code());
    put(one, "subject", finding.subject());
    if (!finding.position().file().isEmpty())
      one.put("file", path.apply(finding.position().file()));
    if (finding.position().line() > 0) {
      one.put("line", finding.position().line());
      one.put("column", finding.position().column());
    }
    one.put("message", finding.message());
    put(one, "hint", finding.hint());
    put(one, "yaml", finding.yaml());
    put(one, "reason", finding.reason());
    return one;
  }

  private static void put(Map<String, Object> one, String key, @Nullable String value) {
    if (value != null) one.put(key, value);
  }
}
