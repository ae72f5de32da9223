package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.advice.Uses;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.Migrator;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.FileNotFoundException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What PostgreSQL tells of the tables behind views and functions.
class PostgresUsesTest {
  private static final String MODEL =
      """
      tables:
        a: {columns: {id: {type: integer, primary_key: true}, word: text?}}
        b: {columns: {id: {type: integer, primary_key: true}}}
        private.c: {columns: {id: {type: integer, primary_key: true}, at: timestamptz?}}
      views:
        first: {sql: "select distinct on (word) id from a -- not b", columns: {id: integer}}
        second: {sql: "select id from first union select id from private.c", columns: {id: integer}}
      functions:
        read:
          arguments: {since: timestamptz?, words: {type: "text[]", variadic: true}}
          returns: {set_of: a}
          sql: "select * from a where word = any(:words) and exists (select from private.c where at > :since::timestamptz) -- b?"
        through_a_view: {returns: {set_of: integer}, sql: "select id from second where :auth.uid is not null"}
        write:
          unnamed: json
          writes: true
          sql:
            postgres:
              - insert into b (id) select (:body ->> 'id')::integer where :body ? 'id' on conflict do nothing;
              - with gone as (delete from private.c returning id) update a set word = :auth.role where id in (select id from gone)
        wrong: {sql: {postgres: "select :auth.role ? 'x' from a"}}
        fine:
          writes: true
          sql: delete from b where id = 1
        nothing: {returns: timestamptz, sql: select now()}
      """;

  @ParameterizedTest
  @EnumSource
  void tellsTheTablesBehindViewsAndFunctions(PostgresVersion version) {
    try (PostgresEmpty empty = PostgresEmpty.on(version)) {
      Model model = ModelReader.read("b.yaml", MODEL).orThrow();
      new Installer(new PostgresDialect(), new PostgresDdl(), "under test")
          .install(
              empty.installation(),
              model,
              RuleCompiler.compile(model).rules(),
              MODEL,
              file -> {
                throw new FileNotFoundException(file);
              });
      Migrator migrator =
          new Migrator(
              new PostgresDialect(), new PostgresDdl(), new PostgresAlterations(), "under test");
      Uses uses = migrator.inspect(empty.migratable(), model).uses();
      Map<String, Set<String>> all = new TreeMap<>();
      uses.views().forEach((view, use) -> all.put(view.title(), titles(use)));
      uses.functions().forEach((name, use) -> all.put(name.function().title(), titles(use)));
      assertThat(all)
          .isEqualTo(
              new TreeMap<>(
                  Map.of(
                      "first", Set.of("a"),
                      "second", Set.of("a", "private.c"),
                      "read", Set.of("a", "private.c"),
                      "through_a_view", Set.of("a", "private.c"),
                      "write", Set.of("a", "b", "private.c"),
                      "fine", Set.of("b"),
                      "nothing", Set.of())));
    }
  }

  private static Set<String> titles(Uses.Use use) {
    assertThat(use.isExact()).isTrue();
    return use.tables().stream()
        .map(TableName::title)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
