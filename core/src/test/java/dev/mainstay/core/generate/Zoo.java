package dev.mainstay.core.generate;

import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/// A model that has one of everything, and what is expected to be made of it.
final class Zoo {
  private Zoo() {}

  static Api to(String role, String... schemas) {
    return of(resource("backend.yaml"), role, schemas);
  }

  static Api of(String yaml, String role, String... schemas) {
    Reading reading = ModelReader.read("backend.yaml", yaml);
    if (!reading.faults().isEmpty())
      throw new IllegalArgumentException(FaultPrinter.print(reading.faults()));
    Model model = reading.model();
    var catalog = new Catalog(model, RuleCompiler.compile(model).rules());
    var planner =
        new Planner(
            catalog, new Limits(null, false), InstantSource.system(), new SplittableRandom(1));
    Role declared = model.role(role);
    if (declared == null) throw new IllegalArgumentException(role);
    return Api.of(planner, declared, List.of(schemas));
  }

  static String resource(String name) {
    try (InputStream in = Zoo.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The expected text of that name. With `-Dgolden=write` what is made is taken for right.
  static String golden(String name, String made) throws IOException {
    if ("write".equals(System.getProperty("golden")))
      Files.writeString(
          Path.of("src/test/resources/dev/mainstay/core/generate").resolve(name), made);
    return resource(name);
  }
}
