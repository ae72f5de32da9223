package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

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

class SchemaTest {
  private static final EditorSchema SCHEMA = new EditorSchema(Starter.schema());

  @Test
  void knowsTheKeysTheReaderKnows() {
    assertThat(SCHEMA.keys("")).isEqualTo(Keys.FILE);
    assertThat(SCHEMA.keys("/$defs/table")).isEqualTo(Keys.TABLE);
    assertThat(SCHEMA.keys("/$defs/column/anyOf/1")).isEqualTo(Keys.COLUMN);
    assertThat(SCHEMA.keys("/$defs/view")).isEqualTo(Keys.VIEW);
    assertThat(SCHEMA.keys("/$defs/viewColumn/anyOf/1")).isEqualTo(Keys.VIEW_COLUMN);
    assertThat(SCHEMA.keys("/$defs/foreignKey")).isEqualTo(Keys.FOREIGN_KEY);
    assertThat(SCHEMA.keys("/$defs/viewForeignKey")).isEqualTo(Keys.VIEW_FOREIGN_KEY);
    assertThat(SCHEMA.keys("/$defs/index/anyOf/1")).isEqualTo(Keys.INDEX);
    assertThat(SCHEMA.keys("/$defs/searchDocument/anyOf/1")).isEqualTo(Keys.SEARCH_DOCUMENT);
    assertThat(SCHEMA.keys("/$defs/policies")).isEqualTo(Keys.POLICIES);
    assertThat(SCHEMA.keys("/$defs/function")).isEqualTo(Keys.FUNCTION);
    assertThat(SCHEMA.keys("/$defs/argument/anyOf/1")).isEqualTo(Keys.ARGUMENT);
    assertThat(SCHEMA.keys("/$defs/returns")).isEqualTo(Keys.RETURNS);
    assertThat(SCHEMA.keys("/$defs/function/properties/sql/anyOf/1")).isEqualTo(Keys.ENGINES);
    assertThat(SCHEMA.keys("/$defs/sql/anyOf/1")).isEqualTo(Keys.ENGINES);
    assertThat(SCHEMA.keys("/$defs/column/anyOf/1/properties/default/anyOf/1"))
        .isEqualTo(Keys.LITERAL);
    assertThat(SCHEMA.keys("/$defs/existingTable")).isEqualTo(Keys.EXISTING_TABLE);
    assertThat(SCHEMA.keys("/$defs/existingColumn")).isEqualTo(Keys.EXISTING_COLUMN);
    assertThat(SCHEMA.keys("/$defs/existingFunction")).isEqualTo(Keys.EXISTING_FUNCTION);
  }

  @Test
  void knowsTheWordsTheReaderKnows() {
    assertThat(SCHEMA.words("/$defs/action/enum"))
        .containsExactlyElementsOf(ReferenceReader.ACTIONS.keySet())
        .hasSize(OnChange.values().length);
    assertThat(SCHEMA.words("/$defs/column/anyOf/1/properties/default/anyOf/0/enum"))
        .containsExactlyInAnyOrderElementsOf(FillReader.FUNCTIONS.keySet());
    assertThat(SCHEMA.words("/$defs/searchDocument/anyOf/1/properties/language/enum"))
        .isEqualTo(DocumentReader.LANGUAGES);
    var types = new ArrayList<>(TypeReader.PLAIN.keySet());
    types.addAll(List.of("decimal(10,2)", "varchar(200)"));
    assertThat(SCHEMA.words("/$defs/type/anyOf/0/enum")).containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void everyKeyIsDescribed() {
    for (String at :
        List.of(
            "/$defs/table",
            "/$defs/column/anyOf/1",
            "/$defs/view",
            "/$defs/function",
            "/$defs/returns",
            "/$defs/existingTable",
            "/$defs/existingColumn",
            "/$defs/existingFunction")) SCHEMA.isDescribed(at);
  }

  @Test
  void theStarterIsSoundByBoth() {
    Reading starter = ModelReader.read("backend.yaml", Starter.model());
    assertThat(FaultPrinter.print(starter.faults())).isEmpty();
    assertThat(RuleCompiler.compile(starter.model()).faults()).isEmpty();
    assertThat(SCHEMA.validate(Starter.model())).isEmpty();
  }

  @Test
  void theExampleIsSoundByBoth() throws IOException {
    String chinook = Files.readString(Path.of("../examples/chinook/backend.yaml"));
    Reading example = ModelReader.read("backend.yaml", chinook);
    assertThat(FaultPrinter.print(example.faults())).isEmpty();
    assertThat(RuleCompiler.compile(example.model()).faults()).isEmpty();
    assertThat(SCHEMA.validate(chinook)).isEmpty();
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
        "{from: database, policies: declared, roles: editor, tables: {t: {comment: x, columns: {a:"
            + " {hidden_from: anon}}, policies: {read: true}}}, functions: {f: {allow: anon}}}",
        "functions: {f: {sql: select 1}, s.g: [{sql: [select 1, select 2]}, {unnamed: json, sql:"
            + " 'select :body'}]}",
        "functions: {f: {arguments: {a: 'text[]?', b: {type: 'integer[]', default: [1], variadic:"
            + " true, comment: x}}, returns: {table: {x: text}}, sql: {sqlite: ['select :a, :b as"
            + " x']}, writes: true, allow: everyone}}",
      })
  void whatTheReaderReadsTheSchemaAllows(String model) {
    assertThat(FaultPrinter.print(ModelReader.read("backend.yaml", model).faults())).isEmpty();
    assertThat(SCHEMA.validate(model)).isEmpty();
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
        "from: file",
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
    assertThat(SCHEMA.validate(model)).isNotEmpty();
    assertThat(ModelReader.read("backend.yaml", model).faults()).isNotEmpty();
  }
}
