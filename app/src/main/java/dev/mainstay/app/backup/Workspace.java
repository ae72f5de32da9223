package dev.mainstay.app.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder for what is not whole yet, beside where it goes. It is gone when it is closed; what a
/// process that was killed has left is swept away a day later.
///
/// @param folder `.mainstay-20260131T235959Z-1`
record Workspace(Path folder) implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\\.mainstay-(\\d{8}T\\d{6}Z)-\\d{1,4}");
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  static Workspace in(Path folder, Instant now) throws IOException {
    OwnFiles.makeFolder(folder);
    sweep(folder, now);
    for (int number = 1; ; number++) {
      Path made = folder.resolve(".mainstay-" + BackupName.stamp(now) + "-" + number);
      try {
        OwnFiles.createFolder(made);
        return new Workspace(made);
      } catch (FileAlreadyExistsException e) {
        if (number == 1000) throw e;
      }
    }
  }

  private static void sweep(Path folder, Instant now) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, ".mainstay-*")) {
      for (Path one : found) {
        Matcher name = NAME.matcher(one.getFileName().toString());
        if (name.matches() && isLeftBehind(name.group(1), now)) delete(one);
      }
    }
  }

  private static boolean isLeftBehind(String stamp, Instant now) {
    try {
      return BackupName.instant(stamp).plus(LEFT_BEHIND).isBefore(now);
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : deepestFirst) Files.deleteIfExists(one);
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }
}
