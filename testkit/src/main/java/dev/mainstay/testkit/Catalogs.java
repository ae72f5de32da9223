package dev.mainstay.testkit;

import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;

/// Makes catalogs of model files.
public final class Catalogs {
  private Catalogs() {}

  /// The model and its rules.
  ///
  /// @throws dev.mainstay.core.model.ModelException when anything is wrong with them
  public static Catalog of(String yaml) {
    Reading reading = ModelReader.read("backend.yaml", yaml);
    RuleCompiler.Compiled compiled = RuleCompiler.compile(reading.model());
    return new Catalog(reading.orThrow(compiled.faults()), compiled.rules());
  }
}
