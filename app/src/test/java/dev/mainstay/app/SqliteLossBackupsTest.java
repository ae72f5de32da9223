package dev.mainstay.app;

import org.jspecify.annotations.Nullable;

final class SqliteLossBackupsTest extends LossBackups {
  @Override
  @Nullable String database() {
    return null;
  }
}
