package dev.mainstay.app;

import dev.mainstay.sql.Installation;
import org.jspecify.annotations.Nullable;

final class SqliteToSqliteMovesTest extends Moves {
  @Override
  @Nullable String database(String project) {
    return null;
  }

  @Override
  void spoil() throws Exception {
    change(
        database -> {
          try (Installation transaction = database.load()) {
            transaction.run("INSERT INTO lefts (id, right_id) VALUES (99, 77)");
            transaction.commit();
          }
        });
  }

  @Override
  String complaint() {
    return "1 row of lefts refer to rows of rights that are not there";
  }

  @Override
  @Nullable String target() {
    return null;
  }
}
