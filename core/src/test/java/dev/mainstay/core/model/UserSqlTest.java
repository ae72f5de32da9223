package dev.mainstay.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserSqlTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select :a                              | SELECT | select ‹a›",
        "select :a_1+:b                         | SELECT | select ‹a_1›+‹b›",
        "select ':a', 'it''s :a', \":a\", `:a`  | SELECT | select ':a', 'it''s :a', \":a\", `:a`",
        "select E'\\':a', e'\\\\', :b           | SELECT | select E'\\':a', e'\\\\', ‹b›",
        "select somee'\\', :b                   | SELECT | select somee'\\', ‹b›",
        "select $$:a$$, $x$:a$$$x$, a$1, :b     | SELECT | select $$:a$$, $x$:a$$$x$, a$1, ‹b›",
        "select 1::text, :a::text, x[1:2], : a  | SELECT | select 1::text, ‹a›::text, x[1:2], : a",
        "/* :a */ with :b                       | WITH   | /* :a */ with ‹b›",
        "-- :a\\n(insert) -- :b                | INSERT | -- :a\\n(insert) -- :b",
        "select :auth.uid, :auth.claims.a.b.    | SELECT | select ‹auth.uid›, ‹auth.claims.a.b›.",
        "select :a.b                            | SELECT | select ‹a›.b",
        "select a ? b; -- end                   | SELECT | select a ‹?› b",
        "select ö - :ö / 2                      | SELECT | select ö - ‹ö› / 2",
        "''                                     | ''     | ''",
      })
  void isCutAtItsParameters(String text, String verb, String cut) throws Exception {
    UserSql sql = UserSql.read(unquoted(text));
    assertThat(sql.verb()).isEqualTo(unquoted(verb));
    assertThat(
            sql.parts().stream()
                .map(
                    part ->
                        switch (part) {
                          case UserSql.Part.Text(String plain) -> plain;
                          case UserSql.Part.Parameter(String name, int _) -> "‹" + name + "›";
                          case UserSql.Part.QuestionMark _ -> "‹?›";
                        })
                .collect(Collectors.joining()))
        .isEqualTo(unquoted(cut));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1                                                | SELECT",
        "with a as (select 1) select * from a                    | SELECT",
        "with a (b) as (delete from c returning *) update d set e = 1 | UPDATE",
        "WITH RECURSIVE a AS (SELECT 1), \"insert\" AS (SELECT 2) DELETE FROM b WHERE c IN (SELECT 1) | DELETE",
        "with a as (values (1)) /* delete */ insert into b select * from a | INSERT",
        "with a as (select 1) values (1)                         | VALUES",
        "with                                                    | WITH",
      })
  void hasACommandBehindItsWith(String text, String command) throws Exception {
    assertThat(UserSql.read(text).command()).isEqualTo(command);
  }

  /// Without the quotes around the whole, which keep spaces and line ends.
  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
    return (quoted ? text.substring(1, text.length() - 1) : text).replace("\\n", "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a",
        "select \"a",
        "select E'a\\'",
        "select $$a",
        "select $x$a$$",
        "select /* a",
        "select /* /* */ */ 1",
        "select (1",
        "select 1)",
        "select ((1)",
        "select 1; select 2",
        "select 1;;"
      })
  void mustBeOneWholeStatement(String text) {
    assertThatThrownBy(() -> UserSql.read(text)).isInstanceOf(UserSql.Unreadable.class);
  }
}
