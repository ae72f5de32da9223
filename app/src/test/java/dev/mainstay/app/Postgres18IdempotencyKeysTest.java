package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.util.Map;

final class Postgres18IdempotencyKeysTest extends IdempotencyKeys {
  @Override
  Map<String, String> database() {
    return Map.of("database.url", PostgresServer.shared(PostgresVersion.V18).database());
  }
}
