package dev.mainstay.app.testing;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.testing.TestCase;
import dev.mainstay.core.testing.TestFile;
import dev.mainstay.core.testing.TestFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tests of a project: the YAML files in a folder, by name, with all that is wrong with them.
public record TestFolder(List<TestFile> files, List<Fault> faults) {
  public TestFolder {
    files = List.copyOf(files);
    faults = List.copyOf(faults);
  }

  /// @param from where people are, whose way to a file is its name
  /// @param roles those of the model
  /// @throws IOException when a file cannot be read as UTF-8
  public static TestFolder read(Path folder, Path from, Collection<String> roles)
      throws IOException {
    var files = new ArrayList<TestFile>();
    var faults = new ArrayList<Fault>();
    for (Path path : paths(folder)) {
      Path shown = path.startsWith(from) ? from.relativize(path) : path;
      TestFileReader.Read read =
          TestFileReader.read(shown.toString(), Files.readString(path), roles);
      files.add(read.file());
      faults.addAll(read.faults());
    }
    return new TestFolder(files, faults);
  }

  private static List<Path> paths(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    }
  }

  /// The tests that go by one of these, of which a `*` stands for anything: by their own names, by
  /// a part of them, or by those of their files.
  public TestFolder only(List<String> patterns) {
    if (patterns.isEmpty()) return this;
    var some = new ArrayList<TestFile>();
    for (TestFile file : files) {
      String base = String.valueOf(Path.of(file.name()).getFileName());
      boolean whole = patterns.stream().anyMatch(pattern -> matches(pattern, base));
      List<TestCase> tests =
          file.tests().stream()
              .filter(
                  test ->
                      whole || patterns.stream().anyMatch(pattern -> matches(pattern, test.name())))
              .toList();
      if (!tests.isEmpty()) some.add(new TestFile(file.name(), tests));
    }
    return new TestFolder(some, faults);
  }

  private static boolean matches(String pattern, String name) {
    var regex = new StringBuilder();
    for (String part : pattern.split("\\*", -1))
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    var compiled =
        Pattern.compile(
            regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    return pattern.contains("*") ? compiled.matcher(name).matches() : compiled.matcher(name).find();
  }

  public int size() {
    return files.stream().mapToInt(file -> file.tests().size()).sum();
  }
}
