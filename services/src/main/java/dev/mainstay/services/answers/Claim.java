package dev.mainstay.services.answers;

import dev.mainstay.core.plan.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// One caller's key for one request, as hashes: nothing of either can be read from what is kept.
///
/// @param id of the caller and the key
/// @param request of what is asked under it
public record Claim(String id, String request) {
  /// @param key as the client made it
  /// @param request all that the answer depends on, in order
  public static Claim of(Caller.Outside caller, String key, List<byte[]> request) {
    String uid = caller.claims().uid();
    List<byte[]> who = new ArrayList<>();
    for (String part : List.of(caller.role(), uid == null ? "" : uid, key))
      who.add(part.getBytes(StandardCharsets.UTF_8));
    return new Claim(hash(who), hash(request));
  }

  /// Each part with its length before it, so that no two lists of parts are alike.
  private static String hash(List<byte[]> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
