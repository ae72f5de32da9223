package dev.mainstay.core.testing;

import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.Section;
import dev.mainstay.core.read.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what is expected of an answer.
final class ExpectedReader {
  /// What a refusal shows no rows for.
  private static final List<String> OF_ROWS =
      List.of("sees", "sees_nothing", "includes", "excludes", "count", "keep");

  private final Faults faults;
  private final Jsons jsons;
  private final Set<String> known;

  ExpectedReader(Faults faults, Jsons jsons, Set<String> known) {
    this.faults = faults;
    this.jsons = jsons;
    this.known = known;
  }

  List<Expected> read(Section section) {
    var expected = new ArrayList<Expected>();
    if (section.has("refused"))
      for (String key : OF_ROWS)
        if (section.has(key))
          faults.add(
              section.position(key), "what is refused shows no rows: '" + key + "' says nothing");
    if (section.has("sees_nothing"))
      for (String key : List.of("sees", "includes"))
        if (section.has(key))
          faults.add(section.position(key), "'" + key + "' contradicts 'sees_nothing'");
    status(section, expected);
    refusal(section, expected);
    Yaml sees = section.value("sees");
    if (sees != null) {
      StepReader.checkNames(faults, known, sees);
      expected.add(new Expected.Sees(jsons.read(sees)));
    }
    if (section.has("sees_nothing")) {
      if (!section.flag("sees_nothing") && section.value("sees_nothing") instanceof Yaml.Scalar no)
        if (no.text().equals("false"))
          faults.add(no.position(), "'sees_nothing' is true or not there");
      expected.add(new Expected.SeesNothing());
    }
    JsonNode included = likenesses(section, "includes");
    if (included != null) expected.add(new Expected.Includes(included));
    JsonNode excluded = likenesses(section, "excludes");
    if (excluded != null) expected.add(new Expected.Excludes(excluded));
    Long count = number(section, "count", 0, Integer.MAX_VALUE);
    if (count != null) expected.add(new Expected.Count(count));
    headers(section, expected);
    return expected;
  }

  private @Nullable JsonNode likenesses(Section section, String key) {
    Yaml yaml = section.value(key);
    if (yaml == null) return null;
    if (yaml instanceof Yaml.Scalar)
      faults.add(
          yaml.position(),
          "'" + key + "' must be a row or a list of rows",
          "with the columns that matter, such as {title: Party}");
    StepReader.checkNames(faults, known, yaml);
    return jsons.read(yaml);
  }

  private void status(Section section, List<Expected> expected) {
    Long status = number(section, "status", 100, 599);
    if (status != null) expected.add(new Expected.Status(Math.toIntExact(status)));
  }

  private @Nullable Long number(Section section, String key, long least, long most) {
    Yaml.Scalar scalar = section.scalar(key);
    if (scalar == null) return null;
    if (scalar.text().matches("\\d{1,10}")) {
      long number = Long.parseLong(scalar.text());
      if (number >= least && number <= most) return number;
    }
    faults.add(
        scalar.position(),
        "'" + key + "' must be a number from " + least + " to " + most + ", not " + scalar.text());
    return null;
  }

  private void refusal(Section section, List<Expected> expected) {
    var members = new LinkedHashMap<String, String>();
    switch (section.value("refused")) {
      case null -> {
        return;
      }
      case Yaml.Scalar code -> members.put("code", code.text());
      case Yaml.Mapping mapping -> {
        Section refusal = Section.of(faults, mapping, "'refused'", TestKeys.REFUSAL);
        for (String member : TestKeys.REFUSAL) {
          String text = refusal.text(member);
          if (text != null) members.put(member, text);
        }
      }
      case Yaml.Sequence list ->
          faults.add(
              list.position(),
              "'refused' must be a code or a mapping of an error's members, not a list");
    }
    expected.add(new Expected.Refused(members));
  }

  private void headers(Section section, List<Expected> expected) {
    if (!section.has("response_headers")) return;
    Map<String, @Nullable String> headers = new LinkedHashMap<>();
    for (Yaml.Entry entry : section.entries("response_headers"))
      if (entry.value() instanceof Yaml.Scalar value) {
        StepReader.checkNames(faults, known, value);
        headers.put(entry.key().text(), value.isNull() ? null : value.text());
      } else {
        faults.add(entry.value().position(), "a header must be text, not " + entry.value().kind());
      }
    expected.add(new Expected.Headers(headers));
  }
}
