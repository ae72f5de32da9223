package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BadModelTest {
  /// Each case of `bad-models.txt`: `=== title`, the model, `>>>`, its faults as they are printed.
  @TestFactory
  List<DynamicTest> tellsWhatIsWrong() throws IOException {
    String table;
    try (InputStream in = BadModelTest.class.getResourceAsStream("bad-models.txt")) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    var tests = new ArrayList<DynamicTest>();
    for (String part : table.split("(?m)^=== ", -1)) {
      if (part.isBlank()) continue;
      int title = part.indexOf('\n');
      int arrow = part.indexOf("\n>>>\n");
      String model = part.substring(title + 1, arrow + 1);
      String faults = part.substring(arrow + "\n>>>\n".length()).strip() + "\n";
      tests.add(
          DynamicTest.dynamicTest(
              part.substring(0, title),
              () ->
                  assertThat(FaultPrinter.print(ModelReader.read("backend.yaml", model).faults()))
                      .isEqualTo(faults)));
    }
    return tests;
  }

  @Test
  void boundsWhatAFileMayHold() {
    assertThat(first("x".repeat(YamlReader.LONGEST_FILE + 1)))
        .isEqualTo(fault(1, 1, "the file is longer than 1000000 characters", null));
    assertThat(first("[".repeat(100_000))).isEqualTo(fault(1, 66, "nested deeper than 64", null));
    var bomb = new StringBuilder("a0: &a0 [1, 2]\n");
    for (int i = 1; i < 30; i++)
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    assertThat(first(bomb.toString()))
        .isEqualTo(fault(11, 22, "more than 400000 values", "use fewer aliases"));
  }

  @Test
  void namesTheCharacterThatYamlDoesNotAllow() {
    assertThat(first("roles: [a]\nenums: {\u0007}"))
        .isEqualTo(
            fault(
                2,
                9,
                "the character U+0007 may not stand in YAML",
                "remove it, or write it as an escape in double quotes"));
  }

  @Test
  void boundsTheColumnsOfATableAndOfAKey() {
    String columns =
        IntStream.rangeClosed(1, 401)
            .mapToObj(i -> "c" + i + ": integer")
            .collect(Collectors.joining(", "));
    String key =
        IntStream.rangeClosed(1, 17).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    String model =
        "tables:\n  t:\n    columns: {" + columns + "}\n    primary_key: [" + key + "]\n";
    assertThat(ModelReader.read("backend.yaml", model).faults())
        .extracting(Fault::position, Fault::message, Fault::hint)
        .containsExactly(
            tuple(at(3, 5), "401 columns are too many", "a table may have 400"),
            tuple(at(4, 19), "17 columns are too many for a primary key", "it may have 16"));
  }

  @Test
  void boundsTheTablesOfAModel() {
    String tables =
        IntStream.rangeClosed(1, 1001)
            .mapToObj(i -> "  t" + i + ": {columns: {id: {type: uuid, primary_key: true}}}\n")
            .collect(Collectors.joining());
    assertThat(first("tables:\n" + tables))
        .isEqualTo(fault(1, 1, "more than 1000 tables and views", null));
  }

  @Test
  void theProgramsOwnModelMayUseItsSchemas() {
    String model = "tables: {auth.users: {columns: {id: {type: uuid, primary_key: true}}}}";
    assertThat(ModelReader.read("backend.yaml", model).faults()).hasSize(1);
    assertThat(ModelReader.readSystem("auth.yaml", model).faults()).isEmpty();
  }

  private static Position at(int line, int column) {
    return new Position("backend.yaml", line, column);
  }

  private static Fault first(String text) {
    Fault first = ModelReader.read("backend.yaml", text).faults().getFirst();
    return new Fault(first.position(), first.message(), first.hint(), null);
  }

  private static Fault fault(int line, int column, String message, String hint) {
    return new Fault(at(line, column), message, hint, null);
  }

  @Test
  void whatTouchesAFaultIsLeftOutOfTheModel() {
    Reading reading =
        ModelReader.read(
            "backend.yaml",
            """
            tables:
              a:
                columns: {id: {type: integer, primary_key: true}, bad: intt, good: text}
                policies: {read: [row.bad == 1, row.good == '', row.id == 1]}
                checks: {one: row.bad > 1, two: row.id > 1}
                unique: [[bad, good]]
            """);
    assertThat(reading.faults()).hasSize(1);
    assertThat(reading.model().tables().getFirst().columns())
        .extracting(c -> c.name())
        .containsExactly("id", "good");
    assertThat(reading.model().tables().getFirst().policies())
        .extracting(p -> p.condition().text())
        .containsExactly("row.good == ''", "row.id == 1");
    assertThat(reading.model().tables().getFirst().checks())
        .extracting(c -> c.name())
        .containsExactly("a_two_check");
    assertThat(reading.model().tables().getFirst().uniques()).isEmpty();
  }

  @Test
  void putsTheFaultsOfOthersInTheirPlace() {
    Reading reading = ModelReader.read("backend.yaml", "roles: [a]\nenum: {}\nviews: {}\n");
    var other = new Fault(new Position("backend.yaml", 1, 9), "a bad role", null, null);
    assertThatThrownBy(() -> reading.orThrow(List.of(other)))
        .isInstanceOfSatisfying(
            ModelException.class,
            e ->
                assertThat(FaultPrinter.print(e.faults()))
                    .isEqualTo(
                        """
                        backend.yaml:1:9: a bad role
                            roles: [a]
                                    ^

                        backend.yaml:2:1: unknown key 'enum'
                            enum: {}
                            ^
                        hint: did you mean 'enums'?
                        """));
  }
}
