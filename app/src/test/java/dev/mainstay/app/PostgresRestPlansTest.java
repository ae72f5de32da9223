package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresVersion;
import org.junit.jupiter.api.Test;

class PostgresRestPlansTest extends RestPlans {
  @Override
  protected EngineUnderTest engine() {
    return new OnPostgres(PostgresVersion.V18);
  }

  @Test
  void tellsWhatPostgresqlTells() {
    RestCall.Answer read = ask("GET", "/genres", PLAN + "+json; options=verbose|settings", "");
    assertThat(json(read).get(0).get("Plan").get("Node Type").isString()).isTrue();
    assertThat(read.body()).contains("\"Schema\": \"public\"").contains("\"Settings\": {");
    assertThat(ask("GET", "/genres", PLAN + "; options=analyze|buffers|wal", "").body())
        .contains("actual time=")
        .contains("Execution Time");
    assertThat(json(ask("POST", "/playlists", PLAN + "+json", "{\"name\":\"new\"}")).get(0))
        .isNotNull();
  }

  @Test
  void refusesAsPostgresqlDoes() {
    RestCall.Answer answer = ask("GET", "/genres", PLAN + "; options=wal", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("22023").contains("EXPLAIN option WAL requires ANALYZE");
  }

  @Test
  void keepsAFunctionThatIsToReadFromWriting() {
    assertThat(ask("GET", "/rpc/album_ids", PLAN + "; options=analyze", "").body())
        .contains("actual time=");
    assertThat(ask("POST", "/rpc/sneak", PLAN + "; options=analyze", "{}").body())
        .contains("25006");
  }

  @Test
  void doesNotCarryOutWrites() {
    refused(
        ask("DELETE", "/playlists?id=eq.1", PLAN + "; options=analyze", ""),
        "options=analyze of the plan of a write");
    refused(
        ask("POST", "/rpc/add_playlist", PLAN + "; options=analyze", "{\"name\":\"new\"}"),
        "options=analyze of the plan of a write");
  }
}
