package dev.mainstay.app;

import java.util.Map;

final class SqliteIdempotencyKeysTest extends IdempotencyKeys {
  @Override
  Map<String, String> database() {
    return Map.of();
  }
}
