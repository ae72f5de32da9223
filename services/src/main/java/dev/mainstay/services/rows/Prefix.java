package dev.mainstay.services.rows;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The part of a file that has been dealt with: how long it is, and its SHA-256. What stands behind
/// it may change; what is in it may not, or the import cannot go on.
final class Prefix {
  private static final int PIECE = 1 << 16;

  private final MessageDigest digest;
  private long length;

  Prefix() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(byte[] bytes) {
    digest.update(bytes);
    length += bytes.length;
  }

  /// Reads so many bytes, or as many as there are.
  void readFrom(InputStream in, long bytes) throws IOException {
    byte[] piece = new byte[PIECE];
    for (long left = bytes; left > 0; ) {
      int read = in.read(piece, 0, (int) Math.min(PIECE, left));
      if (read < 0) return;
      digest.update(piece, 0, read);
      length += read;
      left -= read;
    }
  }

  long length() {
    return length;
  }

  String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
