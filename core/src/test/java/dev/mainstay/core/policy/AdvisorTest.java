package dev.mainstay.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import dev.mainstay.core.read.Starter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AdvisorTest {
  private static String advice(String text) {
    Reading reading = ModelReader.read("b.yaml", text);
    RuleCompiler.Compiled compiled = RuleCompiler.compile(reading.model());
    Model model = reading.orThrow(compiled.faults());
    return FaultPrinter.print(
        Advisor.advise(model, compiled.rules()).stream().map(reading.source()::quoted).toList());
  }

  @Test
  void namesTablesAndViewsThatAnswerNobody() {
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
            b.yaml:2:3: table 'a' has no policy: nobody but service_role reads or writes it
                a: {columns: {id: {type: uuid, primary_key: true}}}
                ^

            b.yaml:5:3: view 'c' has no policy: nobody but service_role reads it
                c: {sql: select 1 as n, columns: {n: integer}}
                ^
            """);
  }

  @Test
  void namesColumnsThatAPolicyLooksUpWithoutAnIndex() {
    assertThat(
            advice(
                """
                tables:
                  lists:
                    columns:
                      id: {type: uuid, primary_key: true}
                      owner_id: uuid
                      team: text
                      kind: text
                      public: boolean
                    policies:
                      read: row.public || row.owner_id == auth.uid || row.members.exists(m, m.user_id == auth.uid)
                      update: row.id == auth.uid && row.team == 'x'
                      delete: row.team == 'x' || !(row.kind == 'y')
                      insert: new.kind == 'x'
                  members:
                    columns:
                      id: {type: uuid, primary_key: true}
                      list_id: {references: lists}
                      user_id: uuid
                    indexes: [user_id, {columns: [list_id], where: row.user_id != null}]
                    policies: {read: row.list.owner_id == auth.uid}
                """))
        .isEqualTo(
            """
            b.yaml:2:3: a policy of 'lists' looks for rows of 'lists' by 'owner_id', and no index \
            begins with that
                lists:
                ^
            hint: add [owner_id] to the indexes of 'lists'

            b.yaml:2:3: a policy of 'lists' looks for rows of 'members' by 'list_id', and no index \
            begins with that
                lists:
                ^
            hint: add [list_id] to the indexes of 'members'

            b.yaml:2:3: a policy of 'lists' looks for rows of 'lists' by 'team', and no index begins \
            with that
                lists:
                ^
            hint: add [team] to the indexes of 'lists'
            """);
  }

  @Test
  void namesGuardedTablesThatAViewReads() {
    String tables =
        """
        tables:
          open: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: true}}
          half: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: {authenticated: true}}}
        views:
        """;
    String columns = "columns: {n: bigint}, policies: {read: ";
    assertThat(
            advice(
                tables
                    + "  v: {sql: {postgres: 'SELECT count(*) AS n FROM open, \"Half\"'}, "
                    + columns
                    + "true}}\n"))
        .isEqualTo(
            """
            b.yaml:5:3: view 'v' reads 'half' without asking the policies there
                v: {sql: {postgres: 'SELECT count(*) AS n FROM open, "Half"'}, columns: {n: bigint}, policies: {read: true}}
                ^
            hint: the view's own policies alone decide who sees its rows
            """);
    String half = "  v: {sql: select count(*) as n from half, ";
    assertThat(advice(tables + half + columns + "{authenticated: true}}}\n")).isEmpty();
    assertThat(advice(tables + "  v: {sql: select 1 as half_n, " + columns + "true}}\n")).isEmpty();
  }

  @Test
  void namesGuardedTablesThatAFunctionSpeaksOfAndFunctionsForNobody() {
    String model =
        """
        tables:
          open: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: true}}
          half: {columns: {id: {type: uuid, primary_key: true}}, policies: {read: {authenticated: true}}}
        functions:
          asked: {returns: {set_of: half}, sql: select * from half, allow: anon}
          shown: {returns: bigint, sql: select count(*) from half, allow: [anon, authenticated]}
          free: {returns: bigint, sql: select count(*) from half, allow: authenticated}
          closed: {returns: bigint, sql: select count(*) from open}
          written: {returns: {row_of: half}, writes: true, sql: {sqlite: [delete from half, select * from half]}, allow: anon}
        """;
    assertThat(advice(model))
        .isEqualTo(
            """
            b.yaml:6:3: function 'shown' speaks of 'half' without asking the policies there
                shown: {returns: bigint, sql: select count(*) from half, allow: [anon, authenticated]}
                ^
            hint: its own sql and 'allow' alone decide what it shows and to whom

            b.yaml:8:3: function 'closed' allows nobody: none but service_role calls it
                closed: {returns: bigint, sql: select count(*) from open}
                ^
            hint: name who may, allow: [authenticated], or say that it is meant: allow: service_role

            b.yaml:9:3: function 'written' speaks of 'half' without asking the policies there
                written: {returns: {row_of: half}, writes: true, sql: {sqlite: [delete from half, select * from half]}, allow: anon}
                ^
            hint: its own sql and 'allow' alone decide what it shows and to whom
            """);
  }

  @Test
  void hasNothingToSayOfTheStarterAndTheExample() throws Exception {
    assertThat(advice(Starter.model())).isEmpty();
    assertThat(advice(Files.readString(Path.of("../examples/chinook/backend.yaml")))).isEmpty();
  }
}
