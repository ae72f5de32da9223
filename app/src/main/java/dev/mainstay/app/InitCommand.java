package dev.mainstay.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    description = "Write a small project to begin with.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  /// Files of a project, each with the resource it is a copy of.
  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put("backend.yaml", "backend.yaml");
    FILES.put("mainstay.yaml", "mainstay.yaml");
    FILES.put(".gitignore", "gitignore");
  }

  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "The project's folder; it is made if need be.")
  private Path folder = Path.of("");

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path project = terminal.folder().resolve(folder).normalize();
    for (String file : FILES.keySet())
      if (Files.exists(project.resolve(file)))
        throw new Sorry(project.resolve(file) + " is there already; nothing was written");
    try {
      Files.createDirectories(project);
      for (Map.Entry<String, String> file : FILES.entrySet()) {
        try (InputStream in = InitCommand.class.getResourceAsStream("init/" + file.getValue())) {
          if (in == null) throw new IllegalStateException("no resource " + file.getValue());
          Files.copy(in, project.resolve(file.getKey()));
        }
      }
    } catch (IOException e) {
      throw new Sorry("The project cannot be written to " + project + ": " + e.getMessage());
    }
    terminal.say("A project is in " + project + ": backend.yaml is the model. Now:");
    terminal.say("");
    terminal.say("  cd " + folder + " && mainstay serve");
    return 0;
  }
}
