package dev.mainstay.app.check;

import dev.mainstay.core.advice.Acceptance;
import dev.mainstay.core.advice.Advice;
import dev.mainstay.core.advice.Severity;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found in a project.
///
/// @param model the model file, as its faults call it; empty when the configuration does not say
/// @param tables how many it declares; none when it has faults
/// @param faultCode what the faults are of: `model` or `configuration`
public record Report(
    String model,
    int tables,
    String faultCode,
    List<Fault> faults,
    List<Advice> open,
    List<Acceptance.Accepted> accepted) {
  public Report {
    faults = List.copyOf(faults);
    open = List.copyOf(open);
    accepted = List.copyOf(accepted);
  }

  public static Report ofFaults(String model, String code, List<Fault> faults) {
    return new Report(model, 0, code, faults, List.of(), List.of());
  }

  /// Something found, whatever it is.
  ///
  /// @param severity `fault`, `warning` or `note`
  /// @param subject null for a fault
  /// @param reason why it is accepted, or null
  record Finding(
      String severity,
      String code,
      @Nullable String subject,
      Position position,
      String message,
      @Nullable String hint,
      @Nullable String yaml,
      @Nullable String reason) {
    static Finding of(Advice advice, @Nullable String reason) {
      return new Finding(
          advice.code().severity().toString(),
          advice.code().toString(),
          advice.subject(),
          advice.position(),
          advice.message(),
          advice.hint(),
          advice.yaml(),
          reason);
    }
  }

  /// Faults and what is not accepted.
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    for (Fault fault : faults)
      all.add(
          new Finding(
              "fault",
              faultCode,
              null,
              fault.position(),
              fault.message(),
              fault.hint(),
              null,
              null));
    for (Advice advice : open) all.add(Finding.of(advice, null));
    return all;
  }

  long count(Severity severity) {
    return open.stream().filter(advice -> advice.code().severity() == severity).count();
  }
}
