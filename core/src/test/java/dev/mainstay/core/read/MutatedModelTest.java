package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.ModelText;
import dev.mainstay.core.policy.RuleCompiler;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever stands in a model file, reading it ends in faults at most, each of them in the file.
class MutatedModelTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          ", ",
          "- ",
          "\n",
          "\n  ",
          "\n    ",
          "'",
          "\"",
          "&a ",
          "*a",
          "*member",
          "|",
          ">",
          "#",
          "!x ",
          "?",
          "? ",
          "~",
          "null",
          "true",
          "\t",
          "\\",
          "---\n",
          "%",
          "<<: ",
          "tables:",
          "columns:",
          "references: lists",
          "type: ",
          "text[]",
          "decimal(9,2)",
          "primary_key: true",
          "policies:",
          "unique: ",
          "now()",
          "\u0000",
          "😀",
          "\uD800",
          "auth.uid",
          "row.",
          "everyone",
          "generated: x",
          "identity: always",
          "views:",
          "sql: select 1");

  @Test
  void neverThrows() {
    var random = new Random(20_261_121);
    String starter = Starter.model();
    for (int round = 0; round < 4000; round++) {
      var text = new StringBuilder(starter);
      for (int i = random.nextInt(4); i >= 0; i--) mutate(text, random);
      Reading reading;
      try {
        reading = ModelReader.read("backend.yaml", text.toString());
        RuleCompiler.compile(reading.model());
      } catch (RuntimeException e) {
        throw new AssertionError("round " + round + ":\n" + text, e);
      }
      long lines = reading.source().text().lines().count() + 1;
      assertThat(reading.faults())
          .allSatisfy(fault -> assertThat(fault.position().line()).isBetween(1, (int) lines));
      assertThat(FaultPrinter.print(reading.faults())).doesNotContain("\u0000");
      assertThat(ModelText.checksum(reading.model())).hasSize(64);
    }
  }

  private static void mutate(StringBuilder text, RandomGenerator random) {
    int at = random.nextInt(text.length());
    int length = random.nextInt(Math.min(30, text.length() - at));
    switch (random.nextInt(4)) {
      case 0 -> text.delete(at, at + length);
      case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      case 2 -> text.replace(at, at + length, PIECES.get(random.nextInt(PIECES.size())));
      default -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
    }
  }
}
