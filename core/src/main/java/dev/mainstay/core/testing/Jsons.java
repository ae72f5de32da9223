package dev.mainstay.core.testing;

import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.JsonOfYaml;
import dev.mainstay.core.read.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Reads pieces of YAML as JSON: plain `true`, `null` and numbers are what they are, all else is
/// text.
record Jsons(Faults faults) {
  JsonNode read(Yaml yaml) {
    try {
      return JsonText.parse(JsonOfYaml.json(yaml));
    } catch (ProblemException _) {
      faults.add(yaml.position(), "this cannot be written as JSON");
      return NullNode.instance;
    }
  }
}
