package dev.mainstay.app.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Files that are made together. What was made before and is no more goes; what somebody else put
/// beside it stays.
///
/// @param root where their paths begin
/// @param part what of it is theirs, relative to it
public record Tree(Path root, Path part) {
  /// How many files.
  public record Changed(int written, int gone) {}

  /// @param files texts by path, relative to the root
  /// @param made tells from a text whether a file is of ours
  public Changed write(SequencedMap<String, String> files, Predicate<String> made)
      throws IOException {
    int written = 0;
    for (Map.Entry<String, String> file : files.entrySet())
      if (Output.write(root.resolve(file.getKey()), file.getValue())) written++;
    int gone = 0;
    for (Path file : found())
      if (!files.containsKey(path(file))
          && made.test(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))) {
        Files.delete(file);
        gone++;
      }
    return new Changed(written, gone);
  }

  private List<Path> found() throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(part))) {
      return all.filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file))
          .toList();
    }
  }

  private String path(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
