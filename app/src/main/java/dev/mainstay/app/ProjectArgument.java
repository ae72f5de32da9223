package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.Given;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The project that a command is about, where nothing else is named.
final class ProjectArgument {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "Its folder, or its model file. Default: the current folder.")
  private @Nullable Path project;

  @Mixin private final ProjectOptions options = new ProjectOptions();

  Config config(Terminal terminal) {
    return config(terminal, Map.of());
  }

  /// @param more settings by key, from options of the command itself
  Config config(Terminal terminal, Map<String, Given> more) {
    return options.config(terminal, project, more);
  }
}
