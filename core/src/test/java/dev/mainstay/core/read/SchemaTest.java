package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.policy.RuleCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
  private static final JsonNode TEXT = JsonMapper.shared().readTree(Starter.schema());
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Starter.schema(), InputFormat.JSON);

  private static List<String> validate(String model) {
    var source = new Source("backend.yaml", model);
    Yaml yaml = YamlReader.read(source, new Faults(source));
    return SCHEMA.validate(JsonOfYaml.json(yaml), InputFormat.JSON).stream()
        .map(Error::toString)
        .toList();
  }

  private static List<String> keys(String pointer) {
    JsonNode properties = TEXT.at(pointer + "/properties");
    assertThat(properties.isObject()).as(pointer).isTrue();
    return new ArrayList<>(properties.propertyNames());
  }

  @Test
  void knowsTheKeysTheReaderKnows() {
    assertThat(keys("")).isEqualTo(Keys.FILE);
    assertThat(keys("/$defs/table")).isEqualTo(Keys.TABLE);
    assertThat(keys("/$defs/column/anyOf/1")).isEqualTo(Keys.COLUMN);
    assertThat(keys("/$defs/view")).isEqualTo(Keys.VIEW);
    assertThat(keys("/$defs/viewColumn/anyOf/1")).isEqualTo(Keys.VIEW_COLUMN);
    assertThat(keys("/$defs/foreignKey")).isEqualTo(Keys.FOREIGN_KEY);
    assertThat(keys("/$defs/viewForeignKey")).isEqualTo(Keys.VIEW_FOREIGN_KEY);
    assertThat(keys("/$defs/index/anyOf/1")).isEqualTo(Keys.INDEX);
    assertThat(keys("/$defs/searchDocument/anyOf/1")).isEqualTo(Keys.SEARCH_DOCUMENT);
    assertThat(keys("/$defs/policies")).isEqualTo(Keys.POLICIES);
    assertThat(keys("/$defs/function")).isEqualTo(Keys.FUNCTION);
    assertThat(keys("/$defs/argument/anyOf/1")).isEqualTo(Keys.ARGUMENT);
    assertThat(keys("/$defs/returns")).isEqualTo(Keys.RETURNS);
    assertThat(keys("/$defs/function/properties/sql/anyOf/1")).isEqualTo(Keys.ENGINES);
    assertThat(keys("/$defs/sql/anyOf/1")).isEqualTo(Keys.ENGINES);
    assertThat(keys("/$defs/column/anyOf/1/properties/default/anyOf/1")).isEqualTo(Keys.LITERAL);
  }

  @Test
  void knowsTheWordsTheReaderKnows() {
    assertThat(words("/$defs/action/enum"))
        .containsExactlyElementsOf(ReferenceReader.ACTIONS.keySet())
        .hasSize(OnChange.values().length);
    assertThat(words("/$defs/column/anyOf/1/properties/default/anyOf/0/enum"))
        .containsExactlyInAnyOrderElementsOf(FillReader.FUNCTIONS.keySet());
    assertThat(words("/$defs/searchDocument/anyOf/1/properties/language/enum"))
        .isEqualTo(DocumentReader.LANGUAGES);
    var types = new ArrayList<>(TypeReader.PLAIN.keySet());
    types.addAll(List.of("decimal(10,2)", "varchar(200)"));
    assertThat(words("/$defs/type/anyOf/0/enum")).containsExactlyInAnyOrderElementsOf(types);
  }

  private static List<String> words(String pointer) {
    var words = new ArrayList<String>();
    for (JsonNode word : TEXT.at(pointer)) words.add(word.stringValue());
    return words;
  }

  @Test
  void everyKeyIsDescribed() {
    for (String at :
        List.of(
            "/$defs/table",
            "/$defs/column/anyOf/1",
            "/$defs/view",
            "/$defs/function",
            "/$defs/returns"))
      for (JsonNode property : TEXT.at(at + "/properties")) {
        JsonNode said = property;
        if (!said.has("description"))
          said = TEXT.at(property.path("$ref").stringValue().substring(1));
        assertThat(said.path("description").asString("")).as(property.toString()).isNotEmpty();
      }
  }

  @Test
  void theStarterIsSoundByBoth() {
    Reading starter = ModelReader.read("backend.yaml", Starter.model());
    assertThat(FaultPrinter.print(starter.faults())).isEmpty();
    assertThat(RuleCompiler.compile(starter.model()).faults()).isEmpty();
    assertThat(validate(Starter.model())).isEmpty();
  }

  @Test
  void theExampleIsSoundByBoth() throws IOException {
    String chinook = Files.readString(Path.of("../examples/chinook/backend.yaml"));
    Reading example = ModelReader.read("backend.yaml", chinook);
    assertThat(FaultPrinter.print(example.faults())).isEmpty();
    assertThat(RuleCompiler.compile(example.model()).faults()).isEmpty();
    assertThat(validate(chinook)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "roles: editor",
        "tables: {a.b: {columns: {id: {type: uuid, primary_key: true, default: uuid7()}}}}",
        "tables: {t: {primary_key: a, columns: {a: 'decimal(4,1)', b: {type: json?, default: {x:"
            + " [1]}}}}}",
        "tables: {t: {primary_key: a, columns: {a: {type: text, default: {literal: now()}}}}}",
        "tables: {t: {primary_key: a, columns: {a: text, b: {native: xml, generated: {postgres:"
            + " x}}}}}",
        "tables: {t: {primary_key: a, columns: {a: text}, unique: {one: a}, seed: [a.csv,"
            + " b/c.jsonl]}}",
        "tables: {t: {primary_key: a, columns: {a: text}, policies: {read: [true, {anon: [a,"
            + " b]}]}}}",
        "tables: {t: {primary_key: a, columns: {a: text}, checks: {c: row.a > ''}, indexes: [a, [a"
            + " desc], {columns: a, unique: true, where: row.a == ''}]}}",
        "tables: {t: {primary_key: a, columns: {a: text}, search: {d: a, e: [a], f: {columns: a,"
            + " language: english}}}}",
        "views: {v: {sql: {sqlite: select 1 as n}, columns: {n: integer}, policies: {read: true}}}",
        "functions: {f: {sql: select 1}, s.g: [{sql: [select 1, select 2]}, {unnamed: json, sql:"
            + " 'select :body'}]}",
        "functions: {f: {arguments: {a: 'text[]?', b: {type: 'integer[]', default: [1], variadic:"
            + " true, comment: x}}, returns: {table: {x: text}}, sql: {sqlite: ['select :a, :b as"
            + " x']}, writes: true, allow: everyone}}",
      })
  void whatTheReaderReadsTheSchemaAllows(String model) {
    assertThat(FaultPrinter.print(ModelReader.read("backend.yaml", model).faults())).isEmpty();
    assertThat(validate(model)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- a",
        "table: {}",
        "enums: {mood: []}",
        "tables: {t: {columns: {}}}",
        "tables: {t: {primary_key: a, columns: {a: [text]}}}",
        "tables: {t: {primary_key: a, columns: {a: {typ: text}}}}",
        "tables: {t: {primary_key: a, columns: {a: {type: integer, identity: sometimes}}}}",
        "tables: {t: {primary_key: a, columns: {a: text}, unique: [a]}}",
        "tables: {t: {primary_key: a, columns: {a: text}, seed: a.txt}}",
        "tables: {t: {primary_key: a, columns: {a: text}, policies: {select: true}}}",
        "tables: {t: {primary_key: a, columns: {a: text}, foreign_keys: [{columns: a}]}}",
        "tables: {t: {primary_key: a, columns: {a: {references: t, on_delete: casade}}}}",
        "tables: {t: {primary_key: a, columns: {a: text}, search: {d: {language: english}}}}",
        "tables: {t: {primary_key: a, columns: {a: text}, search: {d: {columns: a, language:"
            + " klingon}}}}",
        "views: {v: {columns: {n: integer}}}",
        "functions: {f: {}}",
        "functions: {f: {sql: []}}",
        "functions: {f: {sql: select 1, returns: [text]}}",
        "functions: {f: {sql: select 1, returns: {set_of: text, row: {a: text}}}}",
        "functions: {f: {sql: select 1, returns: {table: {}}}}",
        "functions: {f: {sql: 'select :a', arguments: {a: {default: 1}}}}",
        "functions: {f: {sql: select 1, writes: perhaps}}",
        "views: {v: {sql: select 1, columns: {n: integer}, policies: {insert: true}}}",
      })
  void whatTheSchemaRefusesTheReaderRefuses(String model) {
    assertThat(validate(model)).isNotEmpty();
    assertThat(ModelReader.read("backend.yaml", model).faults()).isNotEmpty();
  }
}
