package dev.mainstay.testkit;

import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import java.util.List;

/// Makes catalogs of model files.
public final class Catalogs {
  private Catalogs() {}

  /// The model and its rules.
  ///
  /// @throws dev.mainstay.core.model.ModelException when anything is wrong with them
  public static Catalog of(String yaml) {
    return of(yaml, Guarding.DECLARED);
  }

  /// The same where rows are kept back by others.
  public static Catalog of(String yaml, Guarding guarding) {
    Reading reading = ModelReader.read("backend.yaml", yaml);
    Model model = reading.orThrow(List.of()).guardedBy(guarding);
    RuleCompiler.Compiled compiled = RuleCompiler.compile(model);
    reading.orThrow(compiled.faults());
    return new Catalog(model, compiled.rules());
  }
}
