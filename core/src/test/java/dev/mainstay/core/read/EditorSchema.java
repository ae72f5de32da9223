package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON Schema that editors get, and what it says of files in YAML.
public final class EditorSchema {
  private final JsonNode text;
  private final Schema schema;

  public EditorSchema(String text) {
    this.text = JsonMapper.shared().readTree(text);
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);
  }

  /// What is wrong with a file.
  public List<String> validate(String file) {
    var source = new Source("file.yaml", file);
    Yaml yaml = YamlReader.read(source, new Faults(source));
    return schema.validate(JsonOfYaml.json(yaml), InputFormat.JSON).stream()
        .map(Error::toString)
        .toList();
  }

  /// The keys of what stands there.
  public List<String> keys(String pointer) {
    JsonNode properties = text.at(pointer + "/properties");
    assertThat(properties.isObject()).as(pointer).isTrue();
    return new ArrayList<>(properties.propertyNames());
  }

  /// The texts that stand there.
  List<String> words(String pointer) {
    var words = new ArrayList<String>();
    for (JsonNode word : text.at(pointer)) words.add(word.stringValue());
    return words;
  }

  /// Looks whether every key of what stands there is described, where it is or where it refers to.
  public void isDescribed(String pointer) {
    for (JsonNode property : text.at(pointer + "/properties")) {
      JsonNode said = property;
      if (!said.has("description"))
        said = text.at(property.path("$ref").asString("#/none").substring(1));
      assertThat(said.path("description").asString("")).as(pointer + property).isNotEmpty();
    }
  }
}
