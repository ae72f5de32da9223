package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client that `mainstay generate java` writes, compiled together with what somebody wrote with
/// it, and run against the whole server over a real socket.
abstract class JavaClientDriven {
  private static final String USER = "a0000000-0000-4000-8000-00000000000a";

  @TempDir private Path folder;

  abstract Map<String, String> database();

  @Test
  void doesAndSeesWhatIsExpected() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("backend.yaml"), resource("backend.yaml"));
    Path source = folder.resolve("src");
    assertThat(
            new Cli(project, project)
                .run(
                    "generate",
                    "java",
                    "--package",
                    "music",
                    "--out",
                    source.toString(),
                    "--schema",
                    "public,shop"))
        .matches(outcome -> outcome.status() == 0);
    Path drive = Files.createDirectories(source.resolve("music/test")).resolve("Drive.java");
    Files.writeString(drive, resource("Drive.java.txt"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    assertThat(compiled(source, classes)).isEmpty();
    var settings = new HashMap<>(database());
    settings.put("rest.schemas", "public, shop");
    try (Running running = Running.serve(project, folder.resolve("data"), settings);
        var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      String user =
          new Cli(project, project)
              .run(
                  "keys",
                  "token",
                  "--data",
                  folder.resolve("data").toString(),
                  "--claim",
                  "sub=" + USER)
              .out()
              .strip();
      Object seen =
          loader
              .loadClass("music.test.Drive")
              .getMethod("run", String.class, String.class, String.class, String.class)
              .invoke(null, running.server.url(), running.service(), running.anon(), user);
      assertThat(seen).isEqualTo(resource("seen.txt"));
    }
  }

  /// What the compiler has to say, every warning among it.
  private static List<Diagnostic<? extends JavaFileObject>> compiled(Path source, Path classes)
      throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    try (var files = compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8);
        Stream<Path> paths = Files.walk(source)) {
      var sources = files.getJavaFileObjectsFromPaths(paths.filter(Files::isRegularFile).toList());
      var options =
          List.of("--release", "17", "-Xlint:all,-options", "-proc:none", "-d", classes.toString());
      compiler.getTask(null, files, diagnostics, options, null, sources).call();
    }
    return new ArrayList<>(diagnostics.getDiagnostics());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = JavaClientDriven.class.getResourceAsStream("javaclient/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
