package dev.mainstay.services.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A text that must not be seen. Printing it prints `***`.
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  /// The text itself, for those who must have it.
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && same(text, secret.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
