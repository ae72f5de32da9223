package dev.mainstay.app;

import dev.mainstay.app.backup.OwnFiles;
import java.io.IOException;
import java.nio.file.Path;

/// The folder of a project's rows and secrets.
final class DataFolder {
  private DataFolder() {}

  /// Makes the folder, for its owner alone, unless it is there already.
  static void make(Path folder) {
    try {
      OwnFiles.makeFolder(folder);
    } catch (IOException e) {
      throw new Sorry("The data folder " + folder + " cannot be made: " + e.getMessage());
    }
  }
}
