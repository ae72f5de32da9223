package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.policy.RuleCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ModelDocsTest {
  private static final Pattern MODEL = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  /// What the user guide shows can be pasted.
  @TestFactory
  List<DynamicTest> everyModelInTheGuideIsSound() throws IOException {
    String guide = Files.readString(Path.of("../docs/model.md"));
    List<MatchResult> models = MODEL.matcher(guide).results().toList();
    assertThat(models).hasSizeGreaterThan(3);
    return models.stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    "line " + guide.substring(0, model.start()).lines().count(),
                    () -> {
                      Reading reading = ModelReader.read("model.md", model.group(1));
                      assertThat(FaultPrinter.print(reading.faults())).isEmpty();
                      var compiled = RuleCompiler.compile(reading.model());
                      assertThat(FaultPrinter.print(compiled.faults())).isEmpty();
                    }))
        .toList();
  }
}
