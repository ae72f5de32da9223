package dev.mainstay.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/// The program's version, which the build writes into `version.txt`.
final class Version implements IVersionProvider {
  static String number() {
    try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
      if (in == null) throw new IllegalStateException("no version.txt");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"mainstay " + number()};
  }
}
