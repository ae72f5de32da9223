package dev.mainstay.api.http;

import java.util.Set;

/// Names of methods for logs and metrics: a client that invents one does not invent a label.
final class Methods {
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private Methods() {}

  static String known(String method) {
    return KNOWN.contains(method) ? method : "OTHER";
  }
}
