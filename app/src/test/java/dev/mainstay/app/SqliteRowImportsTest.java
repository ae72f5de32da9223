package dev.mainstay.app;

import org.jspecify.annotations.Nullable;

final class SqliteRowImportsTest extends RowImports {
  @Override
  @Nullable String database(String project) {
    return null;
  }
}
