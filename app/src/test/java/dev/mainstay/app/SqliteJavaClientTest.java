package dev.mainstay.app;

import java.util.Map;

class SqliteJavaClientTest extends JavaClientDriven {
  @Override
  Map<String, String> database() {
    return Map.of();
  }
}
