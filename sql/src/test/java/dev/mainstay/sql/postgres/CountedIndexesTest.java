package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.sql.Inspection;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.Migrator;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.FileNotFoundException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What PostgreSQL counts of the use of indexes.
class CountedIndexesTest {
  private static final String MODEL =
      """
      tables:
        words:
          columns: {id: {type: integer, primary_key: true}, used: text, unused: text}
          indexes: [used, unused]
          policies: {read: true}
      """;

  @ParameterizedTest
  @EnumSource
  void indexesThatWereUsedAreToldFromThoseThatWereNot(PostgresVersion version) {
    try (PostgresEmpty empty = PostgresEmpty.on(version)) {
      Model model = ModelReader.read("b.yaml", MODEL).orThrow();
      new Installer(new PostgresDialect(), new PostgresDdl(), "under test")
          .install(
              empty.installation(),
              model,
              RuleCompiler.compile(model).rules(),
              MODEL,
              file -> {
                throw new FileNotFoundException(file);
              });
      String name = empty.address().substring(empty.address().lastIndexOf('/') + 1);
      // A session tells its counts when it ends.
      PostgresServer.shared(version)
          .execute(
              name,
              "INSERT INTO words SELECT n, n, n FROM generate_series(1, 5000) AS n",
              "ANALYZE words",
              "SET enable_seqscan = off",
              "SELECT id FROM words WHERE used = '17'",
              "SELECT id FROM words WHERE used = '18'",
              "UPDATE mainstay.model SET applied_at = now() - interval '30 days'",
              "SELECT pg_stat_force_next_flush()");
      Migrator migrator =
          new Migrator(
              new PostgresDialect(), new PostgresDdl(), new PostgresAlterations(), "under test");
      Inspection inspection = migrator.inspect(empty.migratable(), model);
      assertThat(inspection.drift()).isEmpty();
      Map<String, IndexUse> uses = new HashMap<>();
      for (IndexUse use : inspection.indexUses()) uses.put(use.index(), use);
      IndexUse used = uses.get("words_used_idx");
      IndexUse unused = uses.get("words_unused_idx");
      assertThat(used.table()).isEqualTo(TableName.inDefaultSchema("words"));
      assertThat(used.scans()).isEqualTo(2);
      assertThat(unused.scans()).isZero();
      assertThat(unused.rows()).isEqualTo(5000);
      assertThat(unused.tableReads()).isGreaterThanOrEqualTo(2);
      // The server of the tests has counted for less than a day.
      assertThat(unused.days()).isZero();
    }
  }
}
