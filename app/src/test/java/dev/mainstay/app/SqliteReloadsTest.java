package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SqliteReloadsTest extends Reloads {
  @Override
  Map<String, String> database() {
    return Map.of();
  }

  @Test
  void anApplicationWantsTheFolderToItself() throws Exception {
    add(running.service(), "/rest/v1/notes", "{\"title\":\"one\",\"body\":\"first\"}");
    save(MODEL.replace("      body: text?\n", ""));
    Cli.Outcome refused = new Cli(folder, folder).run("apply", "--allow-data-loss");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("is in use by another server");
    assertThat(service("/rest/v1/notes?select=body")).isEqualTo("[{\"body\":\"first\"}]");
  }
}
