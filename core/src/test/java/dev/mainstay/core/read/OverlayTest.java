package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelText;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a file says of a database that has its tables and functions already.
class OverlayTest {
  private static final Model TABLES =
      ModelReader.read(
              "database",
              """
              tables:
                people:
                  comment: Who is there
                  columns:
                    id: {type: integer, primary_key: true}
                    name: {type: text, comment: As on the passport}
                pets:
                  columns: {id: {type: integer, primary_key: true}}
              """)
          .orThrow();

  private static final Model DATABASE =
      new Model(
          TABLES.tables(),
          TABLES.enums(),
          TABLES.roles(),
          List.of(function("f"), function("g")),
          List.of(),
          Guarding.DATABASE);

  private static Function function(String name) {
    return new Function(
        TableName.inDefaultSchema(name),
        List.of(),
        new Function.Result.Scalar(new ColumnType.Text(), Function.Amount.ONE),
        new Function.Body.Existing(true, null),
        false,
        List.of(),
        null,
        Position.NONE);
  }

  private static Model over(String file) {
    return ModelReader.readOver(DATABASE, "backend.yaml", file).orThrow();
  }

  @Test
  void aFileThatSaysNoMoreLeavesTheDatabaseAsItIs() {
    assertThat(ModelText.canonical(over("from: database")))
        .isEqualTo(ModelText.canonical(DATABASE));
  }

  @Test
  void withoutTheDatabaseOnlyItsRolesAreRead() {
    Reading reading =
        ModelReader.read(
            "backend.yaml", "{from: database, roles: [editor], tables: {nobody_knows: {}}}");
    assertThat(reading.faults()).isEmpty();
    assertThat(reading.from()).isEqualTo(Reading.From.DATABASE);
    assertThat(reading.model().tables()).isEmpty();
    assertThat(reading.model().roles()).contains(new Role("editor", false));
  }

  @Test
  void whatItSaysIsLaidOverTheDatabase() {
    Model model =
        over(
            """
            from: database
            policies: declared
            tables:
              people:
                comment: Everybody
                columns:
                  name: {comment: The name, hidden_from: anon, read_only_for: authenticated}
                policies: {read: row.id > 0}
            functions:
              f: {comment: Says, allow: everyone}
            """);
    assertThat(ModelText.canonical(model))
        .isEqualTo(
            """
            role "anon" "bound"
            role "authenticated" "bound"
            role "service_role" "bypassing"
            table "public" "people"
             comment "Everybody"
             column "id" ["integer"] "not null" [] [] [] []
             column "name" ["text"] "not null" [] ["anon"] ["authenticated"] ["The name"]
             primary key ["id"]
             policy "READ" [] "row.id > 0"
            table "public" "pets"
             column "id" ["integer"] "not null" [] [] [] []
             primary key ["id"]
            function "public" "f" "reads" ["anon", "authenticated"] ["Says"]
             returns scalar "ONE" ["text"]
             existing ""
            function "public" "g" "reads" [] []
             returns scalar "ONE" ["text"]
             existing ""
            """);
  }

  @Test
  void whoMayCallIsTheDatabasesToSayUntilTheFileDoes() {
    Model model = over("{from: database, functions: {f: {allow: authenticated}}}");
    assertThat(model.functions().stream().map(f -> f.mayBeCalledBy(Role.ANON)))
        .containsExactly(false, true);
    assertThat(model.functions().stream().map(f -> f.mayBeCalledBy(Role.AUTHENTICATED)))
        .containsExactly(true, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          from: databse | 1:7 unknown source 'databse'; did you mean 'database'?
          policies: database | 1:1 'policies' says nothing without 'from: database'; policies stand at the tables
          `{from: database, policies: none}` | 1:28 unknown kind of policies 'none'; known here: database, declared
          `{from: database, enums: {}}` | 1:18 with 'from: database', the enums are those of the database
          `{from: database, views: {}}` | 1:18 with 'from: database', the views are those of the database; say of a view under 'tables' who may see it
          `{from: database, tables: {peple: {comment: x}}}` | 1:27 the database has no table 'peple'; did you mean 'people'?
          `{from: database, tables: {zzzzzz: {comment: x}}}` | 1:27 the database has no table 'zzzzzz'; rest.schemas says of which schemas it is asked
          `{from: database, functions: {ff: {comment: x}}}` | 1:30 the database has no function 'ff'; did you mean 'f'?
          `{from: database, tables: {people: {columns: {nme: {comment: x}}}}}` | 1:46 'people' has no column 'nme'; did you mean 'name'?
          `{from: database, tables: {people: {indexes: [name]}}}` | 1:36 unknown key 'indexes'; known here: comment, columns, policies
          `{from: database, tables: {people: {policies: {read: {nobody: 'true'}}}}}` | 1:54 unknown role 'nobody'; known here: anon, authenticated, everyone
          """)
  void whatIsWrongIsToldAtItsPlace(String file, String fault) {
    assertThat(ModelReader.readOver(DATABASE, "backend.yaml", file).faults())
        .map(OverlayTest::line)
        .containsExactly(fault);
  }

  private static String line(Fault fault) {
    return fault.position().line()
        + ":"
        + fault.position().column()
        + " "
        + fault.message()
        + (fault.hint() == null ? "" : "; " + fault.hint());
  }
}
