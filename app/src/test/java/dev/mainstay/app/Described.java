package dev.mainstay.app;

import dev.mainstay.api.openapi.Surface;
import java.util.List;
import java.util.Set;

/// The API that tests describe.
final class Described {
  static final Surface SURFACE =
      new Surface(
          "Music",
          "1.2.3",
          "/rest/v1",
          List.of("public"),
          null,
          "127.0.0.1:8787",
          true,
          Set.of(Surface.Extra.values()));

  private Described() {}
}
