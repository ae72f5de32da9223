package dev.mainstay.app;

import org.jspecify.annotations.Nullable;

final class SqliteStoppedWritesTest extends StoppedWrites {
  @Override
  @Nullable String database() {
    return null;
  }
}
