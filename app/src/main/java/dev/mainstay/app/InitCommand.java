package dev.mainstay.app;

import dev.mainstay.core.read.Starter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "The project's folder; it is made if need be.")
  private Path folder = Path.of("");

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path project = terminal.folder().resolve(folder).normalize();
    Map<String, String> files = files();
    for (String file : files.keySet())
      if (Files.exists(project.resolve(file)))
        throw new Sorry(project.resolve(file) + " is there already; nothing was written");
    try {
      Files.createDirectories(project.resolve("tests"));
      for (Map.Entry<String, String> file : files.entrySet())
        Files.writeString(project.resolve(file.getKey()), file.getValue());
    } catch (IOException e) {
      throw new Sorry("The project cannot be written to " + project + ": " + e.getMessage());
    }
    terminal.say("A project is in " + project + ": backend.yaml is the model. Now:");
    terminal.say("");
    terminal.say("  cd " + folder + " && mainstay serve");
    return 0;
  }

  /// The files of a new project, by name.
  private static Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    files.put("backend.yaml", Starter.model());
    files.put("backend.schema.json", Starter.schema());
    files.put("tests/lists.yaml", Starter.tests());
    files.put("tests.schema.json", Starter.testSchema());
    files.put("mainstay.yaml", resource("mainstay.yaml"));
    files.put(".gitignore", resource("gitignore"));
    return files;
  }

  private static String resource(String name) {
    try (InputStream in = InitCommand.class.getResourceAsStream("init/" + name)) {
      if (in == null) throw new IllegalStateException("no resource " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
