package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.app.config.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that works on a project.
final class ProjectOptions {
  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "PostgreSQL, as postgres://user:password@host/database; else SQLite.")
  private @Nullable String database;

  @Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
  private @Nullable Path data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting, such as rest.max_rows=100. See `mainstay config`.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  /// @param project a folder, or a model file; null for the current folder
  Config config(Terminal terminal, @Nullable Path project) {
    return config(terminal, project, Map.of());
  }

  /// The configuration of a project of the distribution's own: what the command says about it gives
  /// way to options.
  Config demo(Terminal terminal, Path project, Map<String, Given> settings) {
    var more = new LinkedHashMap<>(settings);
    if (data != null) more.remove("data");
    return config(terminal, project, more);
  }

  /// @param more settings by key, from options of the command itself
  Config config(Terminal terminal, @Nullable Path project, Map<String, Given> more) {
    Path given = project == null ? terminal.folder() : terminal.folder().resolve(project);
    if (!Files.exists(given)) throw new Sorry("There is no " + given);
    boolean isFolder = Files.isDirectory(given);
    Path folder = (isFolder ? given : given.resolveSibling("")).normalize();
    var flags = new LinkedHashMap<String, Given>();
    settings.forEach((key, value) -> flags.put(key, ConfigReader.flag("--set " + key, value)));
    if (!isFolder) {
      flags.put("model", ConfigReader.flag("the command line", given.normalize().toString()));
    }
    if (database != null) flags.put("database.url", ConfigReader.flag("--database", database));
    if (data != null) {
      String absolute = terminal.folder().resolve(data).normalize().toString();
      flags.put("data", ConfigReader.flag("--data", absolute));
    }
    flags.putAll(more);
    long memory = Runtime.getRuntime().maxMemory();
    return ConfigReader.read(folder, file(folder), terminal.environment(), flags, memory);
  }

  private static @Nullable String file(Path folder) {
    Path file = folder.resolve("mainstay.yaml");
    try {
      return Files.exists(file) ? Files.readString(file) : null;
    } catch (IOException e) {
      throw new Sorry("The configuration " + file + " cannot be read: " + e.getMessage());
    }
  }
}
