package dev.mainstay.app.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/// A file that is made: whoever reads it finds the text before or the text after, never a part, and
/// a text that stays the same leaves the file as it is, so that nothing is built again.
public final class Output {
  private Output() {}

  /// @return whether the file was written
  public static boolean write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) return false;
    // What a link leads to, not the link.
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = real.resolveSibling("");
    Files.createDirectories(folder);
    // Beside it, and with the permissions of any new file, which a temporary file has not.
    Path made = folder.resolve("." + real.getFileName() + ".mainstay");
    try {
      Files.write(made, bytes);
      Files.move(made, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
    return true;
  }
}
