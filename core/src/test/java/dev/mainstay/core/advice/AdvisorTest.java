package dev.mainstay.core.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Model;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import dev.mainstay.core.read.Starter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Models, and the whole of what is told of each.
class AdvisorTest {
  private record Read(Model model, Rules rules) {
    static Read of(String text) {
      Reading reading = ModelReader.read("b.yaml", text);
      RuleCompiler.Compiled compiled = RuleCompiler.compile(reading.model());
      return new Read(reading.orThrow(compiled.faults()), compiled.rules());
    }

    Uses named() {
      return Uses.named(model, "sqlite");
    }
  }

  /// Each piece on lines of its own: place, key and message; hint; YAML.
  private static String advice(String text) {
    Read read = Read.of(text);
    return shown(Advisor.ofModel(read.model, read.rules, read.named()));
  }

  private static String shown(List<Advice> advice) {
    StringBuilder all = new StringBuilder();
    for (Advice one : advice) {
      all.append(one.position().line()).append(':').append(one.position().column());
      all.append(' ').append(one.key()).append('\n');
      all.append("  ").append(one.message()).append('\n');
      if (one.hint() != null) all.append("  > ").append(one.hint()).append('\n');
      if (one.yaml() != null) all.append("  + ").append(one.yaml()).append('\n');
    }
    return all.toString();
  }

  @Test
  void tablesAndViewsThatAnswerNobody() {
    assertThat(
            advice(
                """
                tables:
                  a: {columns: {id: {type: uuid, primary_key: true}}}
                  b: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: true}}
                views:
                  c: {sql: select 1 as n, columns: {n: integer}}
                """))
        .isEqualTo(
            """
            2:3 no-policies:a
              table 'a' has no policy: nobody but service_role reads or writes it
            5:3 no-policies:c
              view 'c' has no policy: nobody but service_role reads it
            """);
  }

  @Test
  void tablesThatEverybodyWrites() {
    assertThat(
            advice(
                """
                tables:
                  notes:
                    columns: {id: {type: uuid, primary_key: true}}
                    policies: {read: true, insert: true, update: {authenticated: true}, delete: true}
                  letters:
                    columns: {id: {type: uuid, primary_key: true}}
                    policies: {insert: {authenticated: true}, read: {authenticated: row.id == auth.uid}, update: {authenticated: true}}
                """))
        .isEqualTo(
            """
            4:36 open-write:notes.insert
              anybody, signed in or not, may insert into 'notes'
            4:66 open-write:notes.update
              whoever is signed in may change all of 'notes'
            4:81 open-write:notes.delete
              anybody, signed in or not, may delete all of 'notes'
            """);
  }

  @Test
  void policiesForWritingThatMatchNoRow() {
    assertThat(
            advice(
                """
                roles: [editor, guest]
                tables:
                  notes:
                    columns: {id: {type: uuid, primary_key: true}}
                    policies:
                      read: {editor: true}
                      update: {authenticated: row.id == auth.uid}
                      delete: row.id == auth.uid
                      insert: {guest: true}
                """))
        .isEqualTo(
            """
            7:31 unreadable-write:notes.update
              the update policy of 'notes' matches no row: 'authenticated' may read none
              > who is to update rows needs a read policy for them, too
            """);
  }

  @Test
  void ownersThatCanChange() {
    String model =
        """
        tables:
          notes:
            columns:
              id: {type: uuid, primary_key: true}
              owner_id: {type: uuid, default: auth.uid}
              title: text
            indexes: [owner_id]
            policies:
              read: READ
              insert: {authenticated: new.owner_id == auth.uid}
              update: {authenticated: UPDATE}
        """;
    String aboutTitle = "row.owner_id == auth.uid && new.title != ''";
    assertThat(advice(model.replace("READ", "true").replace("UPDATE", aboutTitle)))
        .isEqualTo(
            """
            11:31 owner-can-change:notes.owner_id
              who may update a row of 'notes' can give it away: the policy looks at 'owner_id' before the update and not after it
              > say the same of 'new', or that the column stays as it is
              + read_only_for: [authenticated]
            """);
    String own = "row.owner_id == auth.uid";
    String both = own + " && new.owner_id == auth.uid && new.title != ''";
    assertThat(advice(model.replace("READ", own).replace("UPDATE", aboutTitle))).isEmpty();
    assertThat(advice(model.replace("READ", "true").replace("UPDATE", own))).isEmpty();
    assertThat(advice(model.replace("READ", "true").replace("UPDATE", both))).isEmpty();
    String kept =
        model.replace("default: auth.uid", "default: auth.uid, read_only_for: authenticated");
    assertThat(advice(kept.replace("READ", "true").replace("UPDATE", aboutTitle))).isEmpty();
  }

  @Test
  void rowsThatCanBePutIntoTheListsOfOthers() {
    assertThat(
            advice(
                """
                tables:
                  lists:
                    columns: {id: {type: uuid, primary_key: true}, owner_id: uuid}
                    indexes: [owner_id]
                    policies: {read: true}
                  items:
                    columns: {id: {type: uuid, primary_key: true}, list_id: {references: lists}, done: boolean}
                    indexes: [list_id]
                    policies:
                      read: true
                      update: {authenticated: row.list.owner_id == auth.uid && new.done}
                """))
        .isEqualTo(
            """
            11:31 owner-can-change:items.list_id
              who may update a row of 'items' can give it away: the policy looks at 'list_id' before the update and not after it
              > say the same of 'new', or that the column stays as it is
              + read_only_for: [authenticated]
            """);
  }

  @Test
  void ownersThatCanBeAnybody() {
    String model =
        """
        tables:
          notes:
            columns:
              id: {type: uuid, primary_key: true}
              owner_id: {type: uuid, default: auth.uid}
              title: text
            policies:
              insert: {authenticated: INSERT}
        """;
    assertThat(advice(model.replace("INSERT", "new.title != ''")))
        .isEqualTo(
            """
            8:31 owner-can-be-anybody:notes.owner_id
              'authenticated' may insert rows of 'notes' in the name of others: the policy does not look at 'owner_id'
              > add && new.owner_id == auth.uid, or let the column keep its default
              + read_only_for: [authenticated]
            """);
    assertThat(advice(model.replace("INSERT", "new.owner_id == auth.uid && new.title != ''")))
        .isEmpty();
    assertThat(
            advice(
                model
                    .replace("default: auth.uid", "default: auth.uid, read_only_for: authenticated")
                    .replace("INSERT", "true")))
        .isEmpty();
  }

  @Test
  void foreignKeysWithoutAnIndex() {
    assertThat(
            advice(
                """
                tables:
                  seats: {columns: {hall: integer, number: integer}, primary_key: [hall, number], policies: {read: true}}
                  bookings:
                    columns: {id: {type: uuid, primary_key: true}, hall: integer, seat: integer, "odd name": {references: bookings, as: earlier, inverse: later, nullable: true}}
                    foreign_keys: [{columns: [hall, seat], references: seats}]
                    policies: {read: true}
                  covered:
                    columns:
                      id: {references: bookings, primary_key: true}
                      a: {references: bookings, as: by_a, inverse: as_a, unique: true}
                      b: {references: bookings, as: by_b, inverse: as_b, nullable: true}
                      c: {references: bookings, as: by_c, inverse: as_c}
                      hall: integer
                      seat: integer
                    foreign_keys: [{columns: [hall, seat], references: seats}]
                    indexes: [[seat desc, hall, a], {columns: [b], where: row.b != null}, {columns: [c], where: row.hall == 1}]
                    policies: {read: true}
                views:
                  v: {sql: select id from covered, columns: {id: {references: bookings, inverse: shown}}, policies: {read: true}}
                """))
        .isEqualTo(
            """
            3:3 missing-index:bookings.odd name
              no index of 'bookings' begins with 'odd name': the foreign key to 'bookings' looks for its rows by it
              > add to 'bookings'
              + indexes: ["odd name"]
            3:3 missing-index:bookings.hall+seat
              no index of 'bookings' begins with 'hall' and 'seat': the foreign key to 'seats' looks for its rows by them
              > add to 'bookings'
              + indexes: [[hall, seat]]
            7:3 missing-index:covered.c
              no index of 'covered' begins with 'c': the foreign key to 'bookings' looks for its rows by it
              > add to the indexes of 'covered'
              + - c
            """);
  }

  @Test
  void columnsThatAPolicyComparesWithTheCaller() {
    String model =
        """
        enums: {kind: [a, b]}
        tables:
          lists:
            columns:
              id: {type: uuid, primary_key: true}
              owner_id: uuid
              team: text
              kind: kind
              public: boolean
              due: timestamptz
              INDEX
            policies:
              read: {authenticated: "POLICY"}
        """;
    String none = model.replace("      INDEX\n", "");
    String owner =
        """
        2:3 missing-index:lists.owner_id
          no index of 'lists' begins with 'owner_id': the policies of 'lists' look for its rows by it
          > add to 'lists'
          + indexes: [owner_id]
        """
            .replace("2:3", "3:3");
    String own = "row.owner_id == auth.uid";
    String teams = "row.team in auth.claims.teams";
    assertThat(advice(none.replace("POLICY", own))).isEqualTo(owner);
    assertThat(advice(none.replace("POLICY", own + " && row.due <= now()"))).isEqualTo(owner);
    assertThat(advice(none.replace("POLICY", own + " || row.id == auth.uid"))).isEqualTo(owner);
    assertThat(advice(none.replace("POLICY", own + " || " + teams)))
        .isEqualTo(owner + owner.replace("owner_id", "team"));
    // One of two conditions is enough.
    assertThat(advice(none.replace("POLICY", own + " && row.id == auth.claims.list"))).isEmpty();
    // Whoever has to look at every row anyway is not helped.
    for (String policy :
        List.of(
            "row.public || " + own,
            "!(" + own + ")",
            "row.owner_id != auth.uid",
            "row.team == 'x'",
            "row.kind == auth.claims.kind",
            "row.due <= now()",
            "row.team.lowerAscii() == auth.claims.team",
            "true")) assertThat(advice(none.replace("POLICY", policy))).as(policy).isEmpty();
    String indexed =
        none.replace(
            "    policies", "    indexes: [{columns: [owner_id], where: \"WHERE\"}]\n    policies");
    assertThat(advice(indexed.replace("WHERE", "row.owner_id != null").replace("POLICY", own)))
        .isEmpty();
    assertThat(
            advice(
                indexed.replace("WHERE", "!row.public").replace("POLICY", own + " && !row.public")))
        .isEmpty();
    assertThat(advice(indexed.replace("WHERE", "!row.public").replace("POLICY", own)))
        .contains(
            "missing-index:lists.owner_id", "> add to the indexes of 'lists'\n  + - owner_id");
  }

  @Test
  void columnsThatAPolicyFollowsToOtherTables() {
    String model =
        """
        tables:
          lists:
            columns: {id: {type: uuid, primary_key: true}}
            policies:
              read: row.members.exists(m, m.user_id == auth.uid)
          members:
            columns:
              id: {type: uuid, primary_key: true}
              list_id: {references: lists}
              user_id: uuid
            policies: {read: row.list.id == auth.uid}
        """;
    assertThat(advice(model))
        .isEqualTo(
            """
            6:3 missing-index:members.list_id
              no index of 'members' begins with 'list_id': the foreign key to 'lists' and the policies of 'lists' look for its rows by it
              > add to 'members'
              + indexes: [list_id]
            """);
    // The policy finds the rows by the user, too; the foreign key does not.
    assertThat(
            advice(
                model.replace(
                    "    policies: {read: row.list",
                    "    indexes: [user_id]\n    policies: {read: row.list")))
        .contains("begins with 'list_id': the foreign key to 'lists' looks for its rows by it");
  }

  @Test
  void indexesThatOthersMakeNeedless() {
    assertThat(
            advice(
                """
                tables:
                  a:
                    columns: {id: {type: integer, primary_key: true}, b: {type: text, unique: true}, c: text, d: text}
                    unique: [[c, d]]
                    indexes:
                      - id
                      - [b]
                      - {columns: [c], name: first}
                      - {columns: [d desc], name: second}
                      - {columns: [d, c desc], name: third}
                      - {columns: [d desc, c], name: fourth}
                      - {columns: [d], where: row.c == 'x', name: partial}
                      - {columns: [d, b], where: row.c == 'x', name: wider}
                      - {columns: [d], where: row.c == 'y', name: other}
                      - {columns: [c, b], unique: true, name: unique}
                      - {columns: [c], unique: true, name: tighter}
                    policies: {read: true}
                """))
        .isEqualTo(
            """
            2:3 redundant-index:a.a_id_idx
              index 'a_id_idx' of 'a' finds nothing that the primary key does not find: both are over the same columns
              > take it out: every write keeps it up
            2:3 redundant-index:a.a_b_idx
              index 'a_b_idx' of 'a' finds nothing that unique constraint 'a_b_key' does not find: both are over the same columns
              > take it out: every write keeps it up
            2:3 redundant-index:a.first
              index 'first' of 'a' finds nothing that unique constraint 'a_c_d_key' does not find: it begins with the same columns
              > take it out: every write keeps it up
            2:3 redundant-index:a.second
              index 'second' of 'a' finds nothing that index 'third' does not find: it begins with the same columns
              > take it out: every write keeps it up
            2:3 redundant-index:a.fourth
              index 'fourth' of 'a' finds nothing that index 'third' does not find: both are over the same columns
              > take it out: every write keeps it up
            2:3 redundant-index:a.partial
              index 'partial' of 'a' finds nothing that index 'wider' does not find: it begins with the same columns
              > take it out: every write keeps it up
            """);
  }

  @Test
  void viewsThatShowWhatTheTablesKeepBack() {
    String model =
        """
        tables:
          open: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: true}}
          own:
            columns: {id: {type: uuid, primary_key: true}, owner_id: uuid, pin: {type: text, hidden_from: [anon, authenticated]}}
            indexes: [owner_id]
            policies: {read: {authenticated: row.owner_id == auth.uid}}
        views:
          v:
            sql: select id, owner_id, pin from own where id in (select id from open)
            columns: {id: uuid, owner_id: uuid, PIN: text}
            policies: {read: READ}
        """;
    String noPin = model.replace("PIN", "word");
    String named =
        """
        8:3 unguarded-view:v.own
          view 'v' names, and perhaps reads, 'own' for ROLES, and no policy there is asked
          > its own policies alone decide who sees its rows: make them as tight as those of 'own'
        """;
    assertThat(advice(noPin.replace("READ", "true")))
        .isEqualTo(named.replace("ROLES", "'anon' and 'authenticated'"));
    assertThat(advice(noPin.replace("READ", "{authenticated: true}")))
        .isEqualTo(named.replace("ROLES", "'authenticated'"));
    assertThat(advice(noPin.replace("READ", "{authenticated: row.owner_id == auth.uid}")))
        .isEmpty();
    assertThat(
            advice(
                noPin.replace(
                    "READ", "{authenticated: \"row.owner_id == auth.uid && row.word != ''\"}")))
        .isEmpty();

    Read read =
        Read.of(
            model
                .replace("PIN", "pin")
                .replace("READ", "{authenticated: row.owner_id == auth.uid}"));
    Uses exact =
        read.named()
            .with(
                new Uses(
                    Map.of(
                        read.model.tables().getLast().name(),
                        Uses.Use.exactly(
                            Set.of(
                                read.model.tables().get(0).name(),
                                read.model.tables().get(1).name()))),
                    Map.of()));
    assertThat(shown(Advisor.ofModel(read.model, read.rules, exact)))
        .isEqualTo(
            """
            8:3 shown-column:v.pin
              view 'v' shows 'authenticated' a column 'pin', which the table it reads hides
              > hide it here, too
              + hidden_from: [authenticated]
            """);
  }

  @Test
  void functionsThatShowWhatTheTablesKeepBackAndFunctionsForNobody() {
    assertThat(
            advice(
                """
                tables:
                  open: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: true}}
                  half: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: {authenticated: true}}}
                functions:
                  asked: {returns: {set_of: half}, sql: select * from half, allow: anon}
                  shown:
                    - {returns: bigint, sql: select count(*) from half, allow: [anon, authenticated]}
                    - {arguments: {a: integer}, returns: bigint, sql: 'select :a', allow: [anon, authenticated]}
                  free: {returns: bigint, sql: select count(*) from half, allow: authenticated}
                  closed: {returns: bigint, sql: select count(*) from open}
                  written: {returns: {row_of: half}, writes: true, sql: {sqlite: [delete from half, select * from half]}, allow: anon}
                """))
        .isEqualTo(
            """
            6:3 unguarded-function:shown().half
              function 'shown' names, and perhaps uses, 'half' for 'anon', and no policy there is asked
              > its own SQL and 'allow' alone decide what it shows, and to whom
            10:3 no-callers:closed
              function 'closed' allows nobody: none but service_role calls it
              > name who may, allow: [authenticated], or say that it is meant: allow: service_role
            11:3 unguarded-function:written.half
              function 'written' names, and perhaps uses, 'half' for 'anon', and no policy there is asked
              > its own SQL and 'allow' alone decide what it shows, and to whom
            """);
  }

  @Test
  void textThatSortsByItsLetters() {
    assertThat(
            advice(
                """
                tables:
                  a:
                    columns:
                      id: {type: uuid, primary_key: true}
                      total_price: varchar(20)
                      created_at: text
                      at: text
                      level: {type: text, default: "1"}
                      born: {type: text?, default: "1970-01-01"}
                      priority: text
                      state: text
                      pages: integer
                      best_price: decimal(10,2)
                      discount: text
                      format: text
                      data: json
                      tags: {type: "text[]"}
                    checks:
                      one: row.priority in ['low', 'normal', 'high']
                      two: row.state == null || row.state in ['a', 'b', 'c']
                      three: row.state in ['b', 'a']
                    indexes: [data, [tags, id], {columns: [tags, data], unique: true}]
                    policies: {read: true}
                """))
        .isEqualTo(
            """
            2:3 sorts-as-text:a.total_price
              column 'total_price' of 'a' is text: numbers as text sort by their digits, 10 before 9
              > make it integer or decimal(p,s)
            2:3 sorts-as-text:a.created_at
              column 'created_at' of 'a' is text: days and times as text sort by their letters, and only some ways to write them right
              > make it date or timestamptz
            2:3 sorts-as-text:a.level
              column 'level' of 'a' is text: numbers as text sort by their digits, 10 before 9
              > make it integer or decimal(p,s)
            2:3 sorts-as-text:a.born
              column 'born' of 'a' is text: days and times as text sort by their letters, and only some ways to write them right
              > make it date or timestamptz
            2:3 whole-value-index:a.a_data_idx
              index 'a_data_idx' of 'a' holds whole JSON in order: it helps neither to look into 'data' nor to find what contains something
              > index a generated column, or take it out
            2:3 whole-value-index:a.a_tags_id_idx
              index 'a_tags_id_idx' of 'a' holds whole lists in order: it helps neither to look into 'tags' nor to find what contains something
              > index a generated column, or take it out
            19:12 sorts-as-text:a.priority
              column 'priority' of 'a' holds one of a list of words, and sorts by their letters: high, low, normal
              > an enum sorts in the order of its labels: beside 'tables' add, and make it the column's type
              + enums: {priority: [low, normal, high]}
            """);
  }

  @Test
  void indexesThatNothingHasUsed() {
    Read read =
        Read.of(
            """
            tables:
              a: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: true}}
              b:
                columns: {id: {type: uuid, primary_key: true}, a_id: {references: a}, owner_id: uuid, word: text, slug: text}
                indexes: [a_id, owner_id, word, {columns: [slug], unique: true}]
                policies: {read: {authenticated: row.owner_id == auth.uid}}
            """);
    var b = read.model.tables().getLast().name();
    List<IndexUse> unused =
        List.of(
            new IndexUse(b, "b_a_id_idx", 0, 30, 5000, 5000),
            new IndexUse(b, "b_owner_id_idx", 0, 30, 5000, 5000),
            new IndexUse(b, "b_slug_idx", 0, 30, 5000, 5000),
            new IndexUse(b, "strange", 0, 30, 5000, 5000),
            new IndexUse(b, "b_word_idx", 0, 30, 5000, 5000));
    assertThat(shown(Advisor.ofDatabase(read.model, read.rules, unused)))
        .isEqualTo(
            """
            3:3 unused-index:b.b_word_idx
              index 'b_word_idx' of 'b' was not used once in 30 days, while the table was read 5,000 times
              > take it out: every write keeps it up
            """);
    for (IndexUse known :
        List.of(
            new IndexUse(b, "b_word_idx", 1, 30, 5000, 5000),
            new IndexUse(b, "b_word_idx", 0, 6, 5000, 5000),
            new IndexUse(b, "b_word_idx", 0, 30, 999, 5000),
            new IndexUse(b, "b_word_idx", 0, 30, 5000, 999)))
      assertThat(Advisor.ofDatabase(read.model, read.rules, List.of(known)))
          .as(known.toString())
          .isEmpty();
  }

  @Test
  void hasNothingToSayOfTheStarterAndTheExample() throws Exception {
    assertThat(advice(Starter.model())).isEmpty();
    assertThat(advice(Files.readString(Path.of("../examples/chinook/backend.yaml")))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeIsInTheGuide(Code code) throws Exception {
    assertThat(Files.readString(Path.of("../docs/advice.md"))).contains("| `" + code + "`");
  }
}
