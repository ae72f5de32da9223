package dev.mainstay.core.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What a new project begins with, and what editors read to help with its files.
public final class Starter {
  private Starter() {}

  /// A small commented `backend.yaml`; it names `backend.schema.json` beside it as its schema.
  public static String model() {
    return resource("/dev/mainstay/init/backend.yaml");
  }

  /// The JSON Schema of `backend.yaml`.
  public static String schema() {
    return resource("/dev/mainstay/backend.schema.json");
  }

  /// Tests of that model; they name `tests.schema.json`, one folder up, as their schema.
  public static String tests() {
    return resource("/dev/mainstay/init/lists.yaml");
  }

  /// The JSON Schema of files of tests.
  public static String testSchema() {
    return resource("/dev/mainstay/tests.schema.json");
  }

  private static String resource(String path) {
    try (InputStream in = Starter.class.getResourceAsStream(path)) {
      if (in == null) throw new IllegalStateException("missing from the build: " + path);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
