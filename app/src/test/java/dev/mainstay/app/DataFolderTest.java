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
  void a_new_folder_is_its_owners_alone() throws IOException {
    Path folder = here.resolve("data/shop");
    DataFolder.make(folder);
    assertThat(permissions(folder)).isEqualTo("rwx------");
  }

  @Test
  void a_folder_that_is_there_keeps_its_permissions() throws IOException {
    Path folder = Files.createDirectory(here.resolve("data"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    DataFolder.make(folder);
    assertThat(permissions(folder)).isEqualTo("rwxr-x---");
  }

  @Test
  void a_file_in_its_way_is_told_in_one_sentence() throws IOException {
    Path file = Files.writeString(here.resolve("data"), "");
    assertThatThrownBy(() -> DataFolder.make(file))
        .isInstanceOf(Sorry.class)
        .hasMessage("The data folder " + file + " cannot be made: " + file);
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
