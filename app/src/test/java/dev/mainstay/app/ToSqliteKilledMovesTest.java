package dev.mainstay.app;

import java.nio.file.Files;

final class ToSqliteKilledMovesTest extends KilledMoves {
  @Override
  Store empty() throws Exception {
    return Store.at(Files.createTempDirectory(folder, "to"));
  }
}
