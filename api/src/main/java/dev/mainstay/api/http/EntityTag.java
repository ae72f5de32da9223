package dev.mainstay.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.api.http.Response.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The name of what an answer holds (RFC 9110 §8.8.3): the same for the same bytes, and for no
/// others, whoever chose them. Part of a SHA-256, of which nobody can make two alike.
public final class EntityTag {
  private static final int BYTES = 24;

  private EntityTag() {}

  /// A strong tag, in its quotes.
  ///
  /// @param beside what else tells one answer from another: the values of its headers
  public static String of(Body body, String... beside) {
    MessageDigest digest = sha256();
    for (String value : beside) digest.update((value + '\n').getBytes(UTF_8));
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Pieces.write(body, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] cut = Arrays.copyOf(digest.digest(), BYTES);
    return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(cut) + '"';
  }

  /// The tag by which a client says in `If-None-Match` that it has this answer, as it wrote it;
  /// null when it has not. A weak tag names the same answer in another coding.
  public static @Nullable String known(Headers headers, String tag) {
    for (String header : headers.all("if-none-match"))
      for (String part : header.split(",", -1)) {
        String given = part.strip();
        if (given.equals("*")) return tag;
        if (given.equals(tag) || given.equals(weak(tag))) return given;
      }
    return null;
  }

  /// The tag of the same answer in another coding, whose bytes are others.
  static String weak(String tag) {
    return tag.startsWith("W/") ? tag : "W/" + tag;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
