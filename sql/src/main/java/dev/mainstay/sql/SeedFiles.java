package dev.mainstay.sql;

import java.io.IOException;
import java.io.InputStream;

/// Where the seed files of a model lie.
@FunctionalInterface
public interface SeedFiles {
  /// @param file as the model names it, relative to the model file
  InputStream open(String file) throws IOException;
}
