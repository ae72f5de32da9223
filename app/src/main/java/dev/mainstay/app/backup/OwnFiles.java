package dev.mainstay.app.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files and folders that only their owner may read.
public final class OwnFiles {
  private OwnFiles() {}

  /// Makes a folder unless it is there; one that is keeps its permissions.
  public static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(folder.toAbsolutePath(), permissions("rwx------"));
  }

  /// Makes a folder that is not there yet.
  static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, permissions("rwx------"));
  }

  /// Makes a file that is not there yet, to be written.
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        permissions("rw-------"));
  }

  /// Gives a file a name in the same file system, unless another file has it.
  ///
  /// @return whether it has it now
  static boolean claim(Path file, Path name) throws IOException {
    try {
      // A link fails where there is a file already, a move would put it away.
      Files.createLink(name, file);
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (UnsupportedOperationException _) {
      if (Files.exists(name)) return false;
      Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
    }
    return true;
  }

  /// What a folder calls its files is on the disk when the folder is.
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] permissions(String text) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }
}
