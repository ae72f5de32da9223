package dev.mainstay.app;

import org.jspecify.annotations.Nullable;

final class SqliteBackupDrillTest extends BackupDrill {
  @Override
  @Nullable String database() {
    return null;
  }
}
