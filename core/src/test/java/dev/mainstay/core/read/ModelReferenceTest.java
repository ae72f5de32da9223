package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelReferenceTest {
  private static final Path DOCUMENT = Path.of("../docs/model-reference.md");
  private static final JsonNode SCHEMA = JsonMapper.shared().readTree(Starter.schema());

  /// `-Dmainstay.write` writes the document anew.
  @Test
  void theDocumentIsWhatTheSchemaSays() throws IOException {
    String reference = ModelReference.of(SCHEMA);
    if (System.getProperty("mainstay.write") != null) Files.writeString(DOCUMENT, reference);
    assertThat(Files.readString(DOCUMENT)).isEqualTo(reference);
  }

  @Test
  void everyKeyIsExplained() {
    assertThat(
            ModelReference.of(SCHEMA)
                .lines()
                .filter(line -> line.endsWith("|  |") && !line.contains("(#values)")))
        .isEmpty();
  }
}
