package dev.mainstay.core.testing;

import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.Section;
import dev.mainstay.core.read.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one test: a request and what comes after it under `then`, or several under `steps`.
final class TestReader {
  private static final List<String> NOT_BESIDE_STEPS =
      TestKeys.TEST.stream().filter(key -> !List.of("name", "as", "steps").contains(key)).toList();

  private static final List<String> BESIDE_SEEN_BY = List.of("name", "get", "headers", "seen_by");

  private final Faults faults;
  private final CallerReader callers;

  TestReader(Faults faults, CallerReader callers) {
    this.faults = faults;
    this.callers = callers;
  }

  /// The test, or null when it is no mapping.
  @Nullable TestCase read(Yaml yaml) {
    if (!(yaml instanceof Yaml.Mapping)) {
      faults.add(yaml.position(), "a test must be a mapping, not " + yaml.kind());
      return null;
    }
    Section section = Section.of(faults, yaml, "a test", TestKeys.TEST);
    Yaml as = section.value("as");
    TestCaller caller = as == null ? callers.usual() : callers.read(as);
    Set<String> known = new HashSet<>(callers.uids().keySet());
    var steps = new ArrayList<Step>();
    if (section.has("seen_by")) {
      refuse(section, TestKeys.TEST, BESIDE_SEEN_BY, "seen_by");
      steps.addAll(seenBy(section, known));
    } else if (section.has("steps")) {
      for (String key : NOT_BESIDE_STEPS)
        if (section.has(key))
          faults.add(
              section.position(key), "'" + key + "' may not stand beside 'steps'", "move it below");
      steps(section, "steps", caller, known, steps);
    } else {
      Step first = new StepReader(faults, known).read(section, null, caller);
      if (first != null) steps.add(first);
      if (section.has("then")) steps(section, "then", caller, known, steps);
    }
    String name = section.text("name");
    return new TestCase(
        name != null ? name : steps.isEmpty() ? "" : title(steps.getFirst()),
        yaml.position(),
        callers.uids(),
        steps);
  }

  private static String title(Step step) {
    return step.as().name() + ": " + step.call();
  }

  private void steps(
      Section section, String key, TestCaller caller, Set<String> known, List<Step> steps) {
    if (section.items(key).isEmpty() && section.value(key) instanceof Yaml.Sequence)
      faults.add(section.position(key), "'" + key + "' is empty");
    for (Yaml item : section.items(key)) {
      if (!(item instanceof Yaml.Mapping)) {
        faults.add(item.position(), "a step must be a mapping, not " + item.kind());
        continue;
      }
      Section own = Section.of(faults, item, "a step", TestKeys.STEP);
      Yaml as = own.value("as");
      Step step =
          new StepReader(faults, known)
              .read(own, own.text("name"), as == null ? caller : callers.read(as));
      if (step != null) steps.add(step);
    }
  }

  private void refuse(Section section, List<String> keys, List<String> beside, String what) {
    for (String key : keys)
      if (section.has(key) && !beside.contains(key))
        faults.add(
            section.position(key),
            "'" + key + "' may not stand beside '" + what + "'",
            "beside it stand " + String.join(", ", beside.subList(0, beside.size() - 1)));
  }

  /// One look by each caller: those who see something, and all others, who do not.
  private List<Step> seenBy(Section section, Set<String> known) {
    var seeing = new ArrayList<TestCaller>();
    Yaml yaml = section.value("seen_by");
    List<Yaml> items = yaml instanceof Yaml.Sequence list ? list.items() : List.of();
    if (yaml instanceof Yaml.Scalar one) items = List.of(one);
    else if (!(yaml instanceof Yaml.Sequence))
      faults.add(section.position("seen_by"), "'seen_by' must be a caller or a list of callers");
    for (Yaml item : items)
      if (item instanceof Yaml.Scalar name) seeing.add(callers.named(name.text(), name.position()));
      else faults.add(item.position(), "a caller must be a name, not " + item.kind());
    Step look = new StepReader(faults, known).read(section, null, callers.usual());
    if (look == null) return List.of();
    var steps = new ArrayList<Step>();
    for (TestCaller caller : seeing) steps.add(as(caller, new Expected.SeesSomething(), look));
    for (TestCaller caller : callers.all())
      if (!seeing.contains(caller)) steps.add(as(caller, new Expected.IsKeptOut(), look));
    return steps;
  }

  private static Step as(TestCaller caller, Expected expected, Step look) {
    return new Step(look.name(), look.position(), caller, look.call(), List.of(expected), Map.of());
  }
}
