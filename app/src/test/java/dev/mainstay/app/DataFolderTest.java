package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path here;

  @Test
  void aNewFolderIsItsOwnersAlone() throws IOException {
    Path folder = here.resolve("data/shop");
    DataFolder.make(folder);
    assertThat(permissions(folder)).isEqualTo("rwx------");
  }

  @Test
  void aFolderThatIsThereKeepsItsPermissions() throws IOException {
    Path folder = Files.createDirectory(here.resolve("data"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    DataFolder.make(folder);
    assertThat(permissions(folder)).isEqualTo("rwxr-x---");
  }

  @Test
  void aFileInItsWayIsToldInOneSentence() throws IOException {
    Path file = Files.writeString(here.resolve("data"), "");
    assertThatThrownBy(() -> DataFolder.make(file))
        .isInstanceOf(Sorry.class)
        .hasMessage("The data folder " + file + " cannot be made: " + file);
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
