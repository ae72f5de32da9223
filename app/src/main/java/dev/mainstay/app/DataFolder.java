package dev.mainstay.app;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder of a project's rows and secrets.
final class DataFolder {
  private DataFolder() {}

  /// Makes the folder, for its owner alone, unless it is there already.
  static void make(Path folder) {
    try {
      Files.createDirectories(folder.toAbsolutePath(), ownersOnly());
    } catch (IOException e) {
      throw new Sorry("The data folder " + folder + " cannot be made: " + e.getMessage());
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
