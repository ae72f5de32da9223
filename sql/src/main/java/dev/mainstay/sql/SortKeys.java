package dev.mainstay.sql;

import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Bytes that sort, byte by byte, as PostgreSQL sorts the values they are made of; equal values
/// have equal bytes.
public final class SortKeys {
  private static final BigInteger MICROS_A_DAY = BigInteger.valueOf(86_400_000_000L);
  private static final BigInteger BIAS = BigInteger.ONE.shiftLeft(95);

  /// A month counts 30 days, a day 24 hours.
  public static byte[] interval(Value.Interval interval) {
    BigInteger micros =
        BigInteger.valueOf(interval.months() * 30L + interval.days())
            .multiply(MICROS_A_DAY)
            .add(BigInteger.valueOf(interval.micros()))
            .add(BIAS);
    byte[] bytes = micros.toByteArray();
    byte[] key = new byte[13];
    System.arraycopy(bytes, 0, key, key.length - bytes.length, bytes.length);
    return key;
  }

  /// As `jsonb` sorts: null, string, number, boolean, array, object; of two arrays or objects the
  /// longer is greater, whatever is in it.
  public static byte[] json(String text) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    json(JsonText.parse(text), key);
    return key.toByteArray();
  }

  /// As PostgreSQL sorts arrays: by the first elements that differ, null above all, then the
  /// shorter before the longer.
  public static byte[] list(String text) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    for (JsonNode element : JsonText.parse(text)) {
      key.write(element.isNull() ? 2 : 1);
      if (element.isNumber()) number(element.decimalValue(), key);
      else if (!element.isNull()) string(element.asString(), key);
    }
    key.write(0);
    return key.toByteArray();
  }

  private static void json(JsonNode node, ByteArrayOutputStream key) {
    switch (node.getNodeType()) {
      case NULL, MISSING -> key.write(1);
      case STRING, BINARY, POJO -> {
        key.write(2);
        string(node.asString(), key);
      }
      case NUMBER -> {
        key.write(3);
        number(node.decimalValue(), key);
      }
      case BOOLEAN -> key.write(node.asBoolean() ? 5 : 4);
      case ARRAY -> {
        key.write(6);
        count(node.size(), key);
        for (JsonNode element : node) json(element, key);
      }
      case OBJECT -> {
        key.write(7);
        count(node.size(), key);
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          string(member.getKey(), key);
          json(member.getValue(), key);
        }
      }
    }
  }

  private static void count(int size, ByteArrayOutputStream key) {
    for (int shift = 24; shift >= 0; shift -= 8) key.write(size >>> shift);
  }

  private static void string(String text, ByteArrayOutputStream key) {
    key.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    key.write(0);
  }

  /// Sign, then the power of ten, then the digits; all turned round for a negative number.
  private static void number(BigDecimal number, ByteArrayOutputStream key) {
    if (number.signum() == 0) {
      key.write(1);
      return;
    }
    BigDecimal plain = number.abs().stripTrailingZeros();
    int power = plain.precision() - plain.scale() + (1 << 30);
    byte[] digits = plain.unscaledValue().toString().getBytes(StandardCharsets.US_ASCII);
    int turn = number.signum() < 0 ? 0xff : 0;
    key.write(number.signum() < 0 ? 0 : 2);
    for (int shift = 24; shift >= 0; shift -= 8) key.write((power >>> shift) ^ turn);
    for (byte digit : digits) key.write(digit ^ turn);
    key.write(turn);
  }

  private SortKeys() {}
}
