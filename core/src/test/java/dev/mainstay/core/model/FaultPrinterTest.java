package dev.mainstay.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPrinterTest {
  private static String print(int column, String hint, String quote) {
    var position = new Position("b.yaml", 3, column);
    return FaultPrinter.print(List.of(new Fault(position, "wrong", hint, quote)));
  }

  @Test
  void quotesTheLineWithACaretUnderThePlace() {
    assertThat(print(5, "right it", "    one: two"))
        .isEqualTo("b.yaml:3:5: wrong\n    one: two\n    ^\nhint: right it\n");
    assertThat(print(10, null, "    one: two"))
        .isEqualTo("b.yaml:3:10: wrong\n    one: two\n         ^\n");
    assertThat(print(7, null, "a: 😀😀 x"))
        .isEqualTo("b.yaml:3:7: wrong\n    a: 😀😀 x\n          ^\n");
  }

  @Test
  void leavesOutAQuoteThereIsNone() {
    assertThat(print(1, null, null)).isEqualTo("b.yaml:3:1: wrong\n");
    assertThat(print(3, null, "   ")).isEqualTo("b.yaml:3:3: wrong\n");
    assertThat(FaultPrinter.print(List.of(new Fault(Position.NONE, "wrong", null, null))))
        .isEqualTo("wrong\n");
    var wholeFile = new Position("a.csv", 0, 0);
    assertThat(FaultPrinter.print(List.of(new Fault(wholeFile, "wrong", null, null))))
        .isEqualTo("a.csv: wrong\n");
  }

  @Test
  void showsTheCaretsSurroundingsOfALongLine() {
    String line = "x".repeat(500) + "!" + "y".repeat(500);
    assertThat(print(501, null, line))
        .isEqualTo(
            "b.yaml:3:501: wrong\n    "
                + "x".repeat(60)
                + "!"
                + "y".repeat(59)
                + "\n    "
                + " ".repeat(60)
                + "^\n");
  }

  @Test
  void sendsNoControlCharactersToATerminal() {
    String printed =
        FaultPrinter.print(
            List.of(
                new Fault(
                    new Position("b.yaml", 1, 2), "a\u001B[31m", "b\u0007", "\tx\u001B[0my")));
    assertThat(printed).isEqualTo("b.yaml:1:2: a [31m\n    x [0my\n    ^\nhint: b \n");
  }
}
