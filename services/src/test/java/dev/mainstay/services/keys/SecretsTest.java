package dev.mainstay.services.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  @TempDir Path folder;

  @Test
  void areMadeOnceAndForTheOwnerAlone() throws Exception {
    Secrets first = Secrets.of(folder, new SecureRandom());
    assertThat(Secrets.of(folder, new SecureRandom())).isEqualTo(first);
    Path file = folder.resolve("secrets.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains(first.jwtSecret().reveal());
    assertThat(first.jwtSecret().reveal()).hasSize(64);
    try (var files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(file));
    }
  }

  @Test
  void areNotPrinted() throws Exception {
    Secrets secrets = Secrets.of(folder, new SecureRandom());
    assertThat(secrets.toString()).isEqualTo("Secrets[jwtSecret=***]");
  }

  @Test
  void mustBeReadable() throws Exception {
    Path file = folder.resolve("secrets.json");
    for (String text :
        List.of("", "nonsense", "[]", "{}", "{\"jwt_secret\":\"short\"}", "{\"jwt_secret\":7}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> Secrets.of(folder, new SecureRandom()))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessage(file + " must hold a jwt_secret of 32 bytes or more");
    }
  }
}
