package dev.mainstay.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleCompilerTest {
  private static final String MODEL =
      """
      roles: [editor]
      enums:
        state: [draft, live, gone]
      tables:
        teams:
          columns:
            id: {type: integer, primary_key: true}
            name: text
            owner_id: {type: uuid, nullable: true}
        members:
          columns:
            team_id: {type: integer, references: teams.id}
            user_id: uuid
            level: smallint
          primary_key: [team_id, user_id]
        tasks:
          columns:
            id: {type: bigint, primary_key: true}
            team_id: {type: integer, nullable: true, references: teams.id}
            title: varchar(20)
            done: boolean
            state: state
            price: decimal(6,2)
            weight: real
            score: double
            small: smallint
            count: integer
            day: date
            at: timestamptz
            moment: timestamp
            span: interval
            owner_id: uuid
            tags: text[]
            users: uuid[]
            meta: json
            body: bytea
      """;

  private static Reading reading(String rest) {
    return ModelReader.read("backend.yaml", MODEL + rest.indent(4));
  }

  private static Model model(String rest) {
    Reading reading = reading(rest);
    assertThat(reading.faults()).isEmpty();
    return reading.model();
  }

  private static RuleCompiler.Compiled compile(String rest) {
    return RuleCompiler.compile(model(rest));
  }

  private static Guard guard(String rest, String role) {
    RuleCompiler.Compiled compiled = compile(rest);
    assertThat(compiled.faults()).isEmpty();
    return compiled.rules().guard(TableName.inDefaultSchema("tasks"), new Role(role, false));
  }

  private static String quoted(String cel) {
    return "\"" + cel.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true | TRUE
          `false || row.done` | 0.done
          !row.done | not 0.done
          row.done == false | 0.done = 'false':boolean
          auth.uid == row.owner_id | $sub:uuid = 0.owner_id
          auth.uid == null | $sub:text is null
          auth.uid != null && row.done | (not $sub:text is null and 0.done)
          row.title == auth.claims.email | 0.title = $email:text
          row.title == auth.claims['x-y'].z | 0.title = $x-y.z:text
          `auth.role == 'editor' || row.done` | 0.done
          auth.role == 'anon' | TRUE
          auth.role != 'anon' && row.done | FALSE
          auth.role in ['anon', 'editor'] | TRUE
          auth.claims.admin | $admin:boolean
          auth.claims.admin == true | $admin:boolean = 'true':boolean
          auth.claims.level >= 3 | $level:bigint >= '3':bigint
          auth.claims.a == auth.claims.b | $a:text = $b:text
          row.count == 3 | 0.count = '3':integer
          row.small < 100000 | 0.small < '100000':bigint
          row.small == row.id | 0.small = 0.id
          1 < row.count | '1':integer < 0.count
          row.price > 1.5 | 0.price > '1.50':numeric(6,2)
          row.price > -0.25 | 0.price > '-0.25':numeric(6,2)
          row.price <= 9999 | 0.price <= '9999.00':numeric(6,2)
          row.price == row.count | cast(0.price as numeric(12,2)) = cast(0.count as numeric(12,2))
          row.score > row.price | 0.score > cast(0.price as double precision)
          row.weight < 0.1 | 0.weight < '0.1':real
          row.score == 1e3 | 0.score = '1000':double precision
          row.state == 'live' | 0.state = 'live':state
          row.state in ['live', 'gone'] | 0.state = ANY '{live,gone}':state[]
          row.state == auth.claims.state | 0.state = $state:state
          string(row.state) == row.title | cast(0.state as text) = 0.title
          row.day >= '2024-02-29' | 0.day >= '2024-02-29':date
          row.at > timestamp('2024-01-01T00:00:00Z') | 0.at > '2024-01-01T00:00:00+00:00':timestamp with time zone
          row.at > now() - duration('1h30m') | 0.at > subtract(now(), '01:30:00':interval)
          row.day <= row.moment | cast(0.day as timestamp without time zone) <= 0.moment
          row.span > duration('-90s') | 0.span > '-00:01:30':interval
          row.body == b'hi' | 0.body = '\\x6869':bytea
          'urgent' in row.tags | 'urgent':text = ANY 0.tags
          row.title in row.tags | 0.title = ANY 0.tags
          auth.uid in row.users | $sub:uuid = ANY 0.users
          row.team_id in auth.claims.teams | 0.team_id = ANY $teams:integer[]
          auth.claims.level in [1, 2] | $level:bigint = ANY '{1,2}':bigint[]
          'x' in auth.claims.list | 'x':text = ANY $list:text[]
          row.title in [] | FALSE
          row.title in ['a', auth.claims.b] | (0.title = 'a':text or 0.title = $b:text)
          row.tags == ['a', null] | 0.tags = '{a,NULL}':text[]
          size(row.title) > 2 | size(0.title) > '2':integer
          row.tags.size() == 0 | size(0.tags) = '0':integer
          row.title.startsWith('50%_\\\\') | 0.title LIKE '50\\%\\_\\\\%':text
          row.title.endsWith('x') | 0.title LIKE '%x':text
          row.title.contains('x') | 0.title LIKE '%x%':text
          row.title.startsWith(auth.uid + '/') | 0.title LIKE concat(escaped(concat($sub:text, '/':text)), '%':text)
          row.title.matches('^a+$') | 0.title MATCH '^a+$':text
          row.title.lowerAscii() == auth.claims.name.lowerAscii() | lower(0.title) = lower($name:text)
          row.count + 1 > row.small * 2 | add(cast(0.count as bigint), '1':bigint) > multiply(cast(0.small as bigint), '2':bigint)
          row.price * row.count > 5.0 | multiply(cast(0.price as numeric(16,2)), cast(0.count as numeric(16,2))) > '5.00':numeric(16,2)
          -row.count % 2 == 1 | remainder(negate(cast(0.count as bigint)), '2':bigint) = '1':bigint
          row.score / 2 > 1.0 | divide(0.score, '2':double precision) > '1':double precision
          row.meta.a.b == 'x' | 0.meta->a->b::text = 'x':text
          row.meta.flag | 0.meta->flag = 'true':jsonb
          row.meta.list[0] == 1 | 0.meta->list->0 = '1':jsonb
          row.meta.a == null | 0.meta->a::text is null
          has(row.team_id) | not 0.team_id is null
          row.team == null | not exists teams{id=0.team_id}(TRUE)
          has(row.team) | exists teams{id=0.team_id}(TRUE)
          row.team.name == 'x' | teams{id=0.team_id}.0.name = 'x':text
          row.team.owner_id == auth.uid | teams{id=0.team_id}.0.owner_id = $sub:uuid
          row.team.members.exists(m, m.user_id == auth.uid) | exists teams{id=0.team_id}(exists members{team_id=0.id}(0.user_id = $sub:uuid))
          row.team.members.exists(m, m.level > row.small) | exists teams{id=0.team_id}(exists members{team_id=0.id}(0.level > 2.small))
          row.team.members.exists(m, m.team.name == row.team.name) | exists teams{id=0.team_id}(exists members{team_id=0.id}(teams{id=0.team_id}.0.name = teams{id=2.team_id}.0.name))
          row.team.members.all(m, m.level > 1) | not exists teams{id=0.team_id}(exists members{team_id=0.id}(not (0.level > '1':smallint) is TRUE))
          row.team.members.exists(m, m.team.tasks.exists(t, t.id == row.id)) | exists teams{id=0.team_id}(exists members{team_id=0.id}(exists teams{id=0.team_id}(exists tasks{team_id=0.id}(0.id = 4.id))))
          row.done ? row.count > 1 : row.small > 1 | ((0.done and 0.count > '1':integer) or (not 0.done and 0.small > '1':smallint))
          (row.done && row.count == 1) == true | (0.done and 0.count = '1':integer)
          row['done'] | 0.done
          """)
  void compilesWhatPoliciesSay(String cel, String expected) {
    Guard guard = guard("policies: {read: " + quoted(cel) + "}", "anon");
    assertThat(Shown.of(guard.read())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          row.titel == 'x' | 4 | tasks has no column or relation 'titel' | did you mean 'title'?
          rwo.title == 'x' | 0 | unknown name 'rwo' | did you mean 'row'?
          title == 'x' | 0 | unknown name 'title' | did you mean 'row.title'?
          auth.id == row.owner_id | 5 | 'auth' has no 'id' | a claim of the token is auth.claims.id
          row.count == 'x' | 13 | 'x' is a text, not integer | write it without quotes
          row.title == 1 | 13 | the number 1 is not character varying(20) | write it in quotes
          row.state == 'lvie' | 13 | invalid input value for enum state: "lvie" | did you mean 'live'?
          row.owner_id == 'me' | 16 | 'me' is no value of uuid | -
          row.day == '2024-02-30' | 11 | date/time field value out of range: "2024-02-30" | -
          row.price > 1.005 | 12 | 1.005 is no value of numeric(6,2) | -
          row.count == 1.5 | 13 | 1.5 is not a whole number, as integer is | compare double(…)
          row.count == row.title | 13 | cannot compare integer with character varying(20) | -
          row.state == row.title | 13 | cannot compare state with character varying(20) | compare string(…) of it
          row.at > row.moment | 9 | cannot compare timestamp with time zone with timestamp without time zone | -
          row.weight < row.score | 13 | a real is compared with a real only | declare the column as double
          row.done < true | 0 | a boolean has no order | -
          row.team_id < null | 0 | null is neither less nor greater | write == null
          row.title | 0 | this is character varying(20), not a condition | -
          row.team | 0 | 'row.team' is a row | name one of its columns, or compare with null
          row.team.members == null | 0 | 'row.team.members' leads to many rows | write !row.team.members.exists(x, true)
          row.team.members.user_id == auth.uid | 17 | 'row.team.members' leads to many rows | say of which: row.team.members.exists(x, x.user_id == …)
          auth.uid in row.team.members | 12 | 'row.team.members' is rows, not values | write row.team.members.exists(x, x.… == …)
          size(row.team.members) > 1 | 5 | related rows are not counted | ask whether there is one: row.team.members.exists(x, …)
          row.team.members.exists_one(m, m.level == 1) | 27 | 'exists_one' is not counted here | a unique constraint makes exists say the same
          row.team.members.exists(row, true) | 24 | 'row' has a meaning already | choose another name
          row.tags.exists(t, t == 'x') | 0 | 'exists' is asked of related rows | to look into a list write: x in …
          row.title.startWith('x') | 19 | unknown function 'startWith' | did you mean 'startsWith'?
          row.title.matches('(') | 18 | the regular expression cannot be used: missing closing ) | -
          row.title.matches('\\\\ba') | 18 | the regular expression cannot be used: \\b does not mean the same on every engine | -
          row.count / row.small > 1 | 12 | a divisor must be a number other than zero, written out | multiply the other side instead
          row.count / 0 > 1 | 12 | a divisor must be a number other than zero, written out | multiply the other side instead
          int(row.title) == 1 | 4 | there is no conversion from character varying(20) to bigint here | -
          row.title = 'x' | 10 | cannot read '=' here | write == to compare
          row.title == 'x' and row.done | 17 | cannot read 'and' here | write && for and
          row.title == | 12 | the expression ends too early | -
          row.title == 'x | 13 | cannot read ''x' here | the text has no closing quote
          new.title == 'x' | 0 | 'new' means nothing here | write 'row': there is no new row when rows are read or deleted
          row.meta.a > 1 | 0 | json has no order | -
          null in [1] | 0 | null is in no list | write == null
          row.title in ['a', null] | 13 | nothing equals a null in a list | ask == null apart
          {'a': 1} == row.meta | 0 | there are no maps and messages here | -
          row.title.contains(1) | 19 | a number is not text | put it in quotes
          auth.role != 'editr' | 13 | unknown role 'editr' | did you mean 'editor'?
          auth.role in ['anon', 'x'] | 13 | unknown role 'x' | -
          now == row.at | 0 | 'now' is a function | write now()
          """)
  void refusesWhatCannotBeMeant(String cel, int offset, String message, String hint) {
    String before = "    policies: {read: \"";
    List<Fault> faults = compile("policies: {read: " + quoted(cel) + "}").faults();
    assertThat(faults)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.message()).isEqualTo(message);
              assertThat(fault.hint()).isEqualTo(hint);
              assertThat(fault.position().column() - 1 - before.length()).isEqualTo(offset);
            });
  }

  @Test
  void findsFaultsOnBothSidesAtTheirPlacesInTheFile() {
    Reading reading =
        reading(
            """
            policies:
              read: >-
                row.titel == 'x'
                || row.donne
              update:
                authenticated, editor: |
                  row.done &&
                    new.conut > 1
            checks:
              sane: row.count > auth.claims.x
            indexes:
              - {columns: [title], where: row.team.name == 'x'}
            """);
    assertThat(reading.faults()).isEmpty();
    List<String> faults =
        RuleCompiler.compile(reading.model()).faults().stream()
            .map(reading.source()::quoted)
            .map(
                fault ->
                    fault.quote().substring(fault.position().column() - 1)
                        + " → "
                        + fault.message())
            .toList();
    assertThat(faults)
        .containsExactly(
            "titel == 'x' → tasks has no column or relation 'titel'",
            "donne → tasks has no column or relation 'donne'",
            "conut > 1 → tasks has no column or relation 'conut'",
            "auth.claims.x → 'auth' means nothing here",
            "team.name == 'x'} → a condition of a table sees one row only");
  }

  @Test
  void anUpdateIsSplitIntoTheRowBeforeAndTheRowAfter() {
    Guard split =
        guard(
            "policies: {update: \"auth.uid == row.owner_id && new.done && auth.claims.ok\"}",
            "anon");
    assertThat(Shown.of(split.updateOld())).isEqualTo("($sub:uuid = 0.owner_id and $ok:boolean)");
    assertThat(Shown.of(split.updateNew())).isEqualTo("(0.done and $ok:boolean)");

    Guard both = guard("policies: {update: row.done}", "anon");
    assertThat(Shown.of(both.updateOld())).isEqualTo("0.done");
    assertThat(both.updateNew()).isEqualTo(both.updateOld());

    Guard fresh = guard("policies: {update: new.done}", "anon");
    assertThat(Shown.of(fresh.updateOld())).isEqualTo("TRUE");
    assertThat(Shown.of(fresh.updateNew())).isEqualTo("0.done");

    assertThat(compile("policies: {update: \"row.done && row.count == new.count\"}").faults())
        .extracting(Fault::message)
        .containsExactly("a condition speaks of 'row' or of 'new', not of both");
  }

  @Test
  void insertsSpeakOfTheNewRowOnly() {
    Guard guard = guard("policies: {insert: auth.uid == new.owner_id}", "anon");
    assertThat(Shown.of(guard.insert())).isEqualTo("$sub:uuid = 0.owner_id");
    assertThat(compile("policies: {insert: row.done}").faults())
        .extracting(Fault::hint)
        .containsExactly("write 'new': there is no old row when rows are inserted");
  }

  @Test
  void policiesAreAlternativesForTheRolesTheySpeakFor() {
    String policies =
        "policies: {read: [row.done, {editor: \"true\", authenticated: row.count == 1}]}";
    assertThat(Shown.of(guard(policies, "anon").read())).isEqualTo("0.done");
    assertThat(Shown.of(guard(policies, "authenticated").read()))
        .isEqualTo("(0.done or 0.count = '1':integer)");
    assertThat(Shown.of(guard(policies, "editor").read())).isEqualTo("TRUE");
    assertThat(guard(policies, "anon").delete()).isEqualTo(dev.mainstay.core.query.Filter.FALSE);
  }

  @Test
  void aTableWithoutAPolicyIsClosedAndTheServiceRolePasses() {
    Rules rules = compile("").rules();
    TableName tasks = TableName.inDefaultSchema("tasks");
    assertThat(rules.guard(tasks, Role.ANON)).isEqualTo(Guard.CLOSED);
    assertThat(rules.guard(tasks, Role.SERVICE)).isEqualTo(Guard.OPEN);
  }

  @Test
  void aTableWithoutAPolicyIsTheDatabasesToGuardWhereThatKeepsRows() {
    Rules rules = RuleCompiler.compile(model("").guardedBy(Guarding.DATABASE)).rules();
    TableName tasks = TableName.inDefaultSchema("tasks");
    assertThat(rules.guard(tasks, Role.ANON)).isEqualTo(Guard.OPEN);
    assertThat(rules.guard(tasks, new Role("someone", false))).isEqualTo(Guard.OPEN);
  }

  @Test
  void aPolicyKeepsBackRowsOfADatabaseThatKeepsThemToo() {
    Rules rules =
        RuleCompiler.compile(
                model(
                        """
                        policies:
                          read: {authenticated: row.done}
                        """)
                    .guardedBy(Guarding.DATABASE))
            .rules();
    TableName tasks = TableName.inDefaultSchema("tasks");
    assertThat(rules.guard(tasks, Role.ANON)).isEqualTo(Guard.CLOSED);
    assertThat(Shown.of(rules.guard(tasks, Role.AUTHENTICATED).read())).isEqualTo("0.done");
  }

  @Test
  void checksAndPartialIndexesSeeOneRow() {
    Rules rules =
        compile(
                """
                checks:
                  positive: row.price > 0.0
                indexes:
                  - {columns: [title], where: row.done}
                """)
            .rules();
    TableName tasks = TableName.inDefaultSchema("tasks");
    assertThat(rules.checksOf(tasks))
        .singleElement()
        .satisfies(
            check ->
                assertThat(Shown.of(check.condition())).isEqualTo("0.price > '0.00':numeric(6,2)"));
    assertThat(rules.indexConditions().get(tasks).values())
        .singleElement()
        .satisfies(filter -> assertThat(Shown.of(filter)).isEqualTo("0.done"));
  }

  @Test
  void boundsDepthAndSize() {
    for (String cel :
        List.of(
            "(".repeat(5000) + "true" + ")".repeat(5000),
            "row" + ".a".repeat(4000),
            "row.count" + " + 1".repeat(2000) + " == 1",
            "[".repeat(4000) + "]".repeat(4000),
            "row.done || ".repeat(2000) + "row.done",
            "row.done ? ".repeat(40) + "true" + " : false".repeat(40)))
      assertThat(compile("policies: {read: " + quoted(cel) + "}").faults()).isNotEmpty();
    assertThat(
            compile("policies: {read: " + quoted("row.done || ".repeat(500) + "row.done") + "}")
                .faults())
        .isEmpty();
  }
}
