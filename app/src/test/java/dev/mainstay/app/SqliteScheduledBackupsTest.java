package dev.mainstay.app;

import org.jspecify.annotations.Nullable;

final class SqliteScheduledBackupsTest extends ScheduledBackups {
  @Override
  @Nullable String database() {
    return null;
  }
}
