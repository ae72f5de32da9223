package dev.mainstay.services.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a project keeps to itself, in `secrets.json` in its data folder, which only its owner may
/// read (mode 600).
///
/// @param jwtSecret what tokens are signed with
public record Secrets(Secret jwtSecret) {
  public static final String FILE = "secrets.json";
  private static final String JWT_SECRET = "jwt_secret";

  /// Reads the folder's secrets, or makes them. The file appears whole, or not at all.
  ///
  /// @param random unpredictable: a [java.security.SecureRandom]
  public static Secrets of(Path folder, RandomGenerator random) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) make(file, random);
    return read(file);
  }

  private static Secrets read(Path file) throws IOException {
    try {
      JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
      JsonNode secret = json.get(JWT_SECRET);
      if (secret != null && secret.isString()) {
        String text = secret.asString();
        if (text.getBytes(StandardCharsets.UTF_8).length >= Tokens.SHORTEST_SECRET)
          return new Secrets(new Secret(text));
      }
    } catch (JacksonException _) {
      // Said below.
    }
    throw new IOException(
        file + " must hold a " + JWT_SECRET + " of " + Tokens.SHORTEST_SECRET + " bytes or more");
  }

  private static void make(Path file, RandomGenerator random) throws IOException {
    byte[] bytes = new byte[48];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    byte[] json = JsonMapper.shared().writeValueAsBytes(Map.of(JWT_SECRET, text));
    Path made = file.resolveSibling(FILE + "." + ProcessHandle.current().pid());
    try (var channel =
        Files.newByteChannel(
            made,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(json));
    }
    try {
      // A link fails where the file is there already: of two that start at once, one's secret
      // stays.
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException _) {
      // The other's is as good.
    } catch (UnsupportedOperationException _) {
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
