package dev.mainstay.app;

import org.jspecify.annotations.Nullable;

final class SqliteChinookChangesTest extends ChinookChanges {
  @Override
  @Nullable String database() {
    return null;
  }
}
