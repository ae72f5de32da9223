package dev.mainstay.app;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The Chinook example as the build made it, which is in a folder or, once it is packed, in a jar.
final class Example {
  private Example() {}

  /// Copies the whole project.
  static void copyTo(Path folder) throws IOException, URISyntaxException {
    URL model = Example.class.getResource("/examples/chinook/backend.yaml");
    URI place = Objects.requireNonNull(model).toURI();
    if (!place.getScheme().equals("jar")) copy(Path.of(place).getParent(), folder);
    else
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        copy(jar.getPath("/examples/chinook"), folder);
      }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      for (Path file : regular) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
