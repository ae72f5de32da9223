package dev.mainstay.app;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that is there whole or not at all: it is written under another name, and gets its own
/// when it is on the disk.
final class WholeFile {
  static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path partial;

  WholeFile(Path file) {
    this.file = file;
    this.partial = file.resolveSibling(file.getFileName() + ".partial");
  }

  /// Begins it, or begins it again.
  OutputStream open() throws IOException {
    FileOutputStream bytes = new FileOutputStream(partial.toFile());
    return new BufferedOutputStream(bytes, BUFFER) {
      @Override
      public void close() throws IOException {
        try (bytes) {
          flush();
          bytes.getFD().sync();
        }
      }
    };
  }

  /// Gives it its name, in place of what had it.
  void done() throws IOException {
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Throws away what was not done.
  void drop() throws IOException {
    Files.deleteIfExists(partial);
  }
}
