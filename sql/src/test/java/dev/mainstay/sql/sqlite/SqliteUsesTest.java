package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.advice.Uses;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.read.ModelReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SqliteUsesTest {
  private static final Model MODEL =
      ModelReader.read(
              "b.yaml",
              """
              tables:
                a: {columns: {id: {type: integer, primary_key: true}, b_id: integer?, secret: text?}, indexes: [b_id]}
                b: {columns: {id: {type: integer, primary_key: true}, word: {type: text, unique: true}}}
                c: {columns: {id: {type: integer, primary_key: true, references: b}}}
                private.b: {columns: {id: {type: integer, primary_key: true}}}
              views:
                plain: {sql: select id from a, columns: {id: integer}}
                above: {sql: select id from beneath, columns: {id: integer}}
                beneath: {sql: "select a.id from a, b where a.b_id = b.id", columns: {id: integer}}
                by_index: {sql: select count(b_id) as n from a, columns: {n: bigint}}
                within: {sql: "with b as (select 1 as id) select (select max(id) from c) as id from b -- and not private.b", columns: {id: integer}}
                named_in_text: {sql: "select 'a' as b", columns: {b: text}}
                schema: {sql: {sqlite: 'select id from "private.b"', postgres: select id from private.b}, columns: {id: integer}}
                foreign: {sql: {sqlite: select id from b, postgres: 'select distinct on (id) id from b'}, columns: {id: integer}}
              functions:
                read: {arguments: {least: integer}, returns: {set_of: a}, sql: "select * from a where id > :least and exists (select 1 from c where id = :auth.uid)"}
                refuse: {sql: "select raise_error('PT403', :auth.claims.sub) where 1 not in (select id from b)"}
                write:
                  writes: true
                  sql:
                    - delete from c
                    - insert into b (id, word) select id, secret from a where true on conflict (word) do nothing
                    - update a set secret = null where id = 1
                nothing: {returns: integer, sql: select 42}
              """)
          .orThrow();

  /// What each view and function uses; none for what is not known.
  private static Map<String, Set<String>> uses(String engine) {
    Uses uses = SqliteUses.of(MODEL, engine);
    Map<String, Set<String>> all = new TreeMap<>();
    uses.views().forEach((view, use) -> all.put(view.title(), titles(use)));
    uses.functions().forEach((function, use) -> all.put(function.function().title(), titles(use)));
    return all;
  }

  private static Set<String> titles(Uses.Use use) {
    assertThat(use.isExact()).isTrue();
    return use.tables().stream()
        .map(TableName::title)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void tellsTheTablesBehindViewsAndFunctions() {
    assertThat(uses("sqlite"))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("plain", Set.of("a")),
                    Map.entry("above", Set.of("a", "b")),
                    Map.entry("beneath", Set.of("a", "b")),
                    Map.entry("by_index", Set.of("a")),
                    Map.entry("within", Set.of("c")),
                    Map.entry("named_in_text", Set.of()),
                    Map.entry("schema", Set.of("private.b")),
                    Map.entry("foreign", Set.of("b")),
                    Map.entry("read", Set.of("a", "c")),
                    Map.entry("refuse", Set.of("b")),
                    Map.entry("write", Set.of("a", "b", "c")),
                    Map.entry("nothing", Set.of()))));
  }

  @Test
  void tellsThemOfAnotherEnginesSqlAsFarAsItIsUnderstood() {
    assertThat(uses("postgres"))
        .doesNotContainKey("foreign")
        .containsEntry("schema", Set.of("private.b"))
        .containsEntry("above", Set.of("a", "b"))
        .containsEntry("within", Set.of("c"))
        .containsEntry("write", Set.of("a", "b", "c"));
  }
}
