package dev.mainstay.services.rows;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What tells the rows of a table from others, whatever their order: how many there are, and the
/// sum of the first 128 bits of the SHA-256 of each as it is answered, modulo 2<sup>128</sup>.
///
/// @param sum in hexadecimal
public record Tally(long rows, String sum) {
  /// Adds up rows.
  static final class Counter {
    private final int columns;
    private final boolean isSpaced;
    private final MessageDigest digest;
    private long rows;
    private long high;
    private long low;

    /// @param columns how many a row has
    /// @param isSpaced whether engines differ in the spaces of an answer, which mean nothing
    Counter(int columns, boolean isSpaced) {
      this.columns = columns;
      this.isSpaced = isSpaced;
      try {
        this.digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    void add(byte[] row) {
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(form(row)));
      rows++;
      high += hash.getLong();
      long more = hash.getLong();
      low += more;
      if (Long.compareUnsigned(low, more) < 0) high++;
    }

    /// The row in the one form that it has on every engine.
    byte[] form(byte[] row) {
      if (!isSpaced) return row;
      StringBuilder text = new StringBuilder(row.length);
      for (Asked.Cell cell : Cells.of(row, columns))
        switch (cell) {
          case Asked.Cell.Null _, Asked.Cell.Default _ -> text.append("null,");
          case Asked.Cell.Text(String value) -> {
            JsonText.quote(text, value);
            text.append(',');
          }
          case Asked.Cell.Json(String value) -> text.append(JsonText.canonical(value)).append(',');
        }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    Tally end() {
      return new Tally(rows, "%016x%016x".formatted(high, low));
    }
  }
}
