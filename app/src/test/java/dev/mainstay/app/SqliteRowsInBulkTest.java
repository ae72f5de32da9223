package dev.mainstay.app;

import java.util.List;

final class SqliteRowsInBulkTest extends RowsInBulk {
  @Override
  List<String> database() {
    return List.of();
  }
}
