package dev.mainstay.core.testing;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.Section;
import dev.mainstay.core.read.Source;
import dev.mainstay.core.read.Yaml;
import dev.mainstay.core.read.YamlReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Reads a file of tests: a list of them, or a mapping with the list under `tests`, beside it
/// callers that are named and whoever makes the requests that do not say.
///
/// Everything wrong with the file is told at once. What is read besides is then of no use.
public final class TestFileReader {
  private final Faults faults;
  private final CallerReader callers;
  private final List<TestCase> tests = new ArrayList<>();

  private TestFileReader(Source source, Collection<String> roles) {
    this.faults = new Faults(source);
    this.callers = new CallerReader(faults, roles);
  }

  /// What a file says, and what is wrong with it, in the file's order.
  public record Read(TestFile file, List<Fault> faults) {
    public Read {
      faults = List.copyOf(faults);
    }
  }

  /// @param name how people call the file
  /// @param roles those that the model has
  public static Read read(String name, String text, Collection<String> roles) {
    var source = new Source(name, text);
    var reader = new TestFileReader(source, roles);
    Yaml yaml = YamlReader.read(source, reader.faults);
    if (yaml != null) reader.file(yaml);
    return new Read(new TestFile(name, reader.tests), reader.faults.sorted());
  }

  private void file(Yaml yaml) {
    if (yaml instanceof Yaml.Sequence sequence) {
      tests(sequence.items());
      return;
    }
    Section section = Section.of(faults, yaml, "a file of tests", TestKeys.FILE);
    callers.declare(section);
    if (section.lacks("tests"))
      faults.add(
          yaml.position(),
          "there are no tests here",
          "list them under 'tests', or let the whole file be a list of them");
    tests(section.items("tests"));
  }

  private void tests(List<Yaml> items) {
    var reader = new TestReader(faults, callers);
    for (Yaml item : items) {
      TestCase test = reader.read(item);
      if (test != null) tests.add(test);
    }
  }
}
