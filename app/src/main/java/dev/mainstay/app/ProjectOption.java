package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The project that a command is about, where it is told something else first.
final class ProjectOption {
  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "The project's folder or model file. Default: the current folder.")
  private @Nullable Path project;

  @Mixin private final ProjectOptions options = new ProjectOptions();

  Config config(Terminal terminal) {
    return options.config(terminal, project);
  }
}
