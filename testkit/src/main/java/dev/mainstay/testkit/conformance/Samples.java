package dev.mainstay.testkit.conformance;

import java.util.List;

/// Edge values of each portable column type: as JSON that is stored, and as JSON that must come
/// back.
///
/// @param name the type as part of a table's name
/// @param type the type as `backend.yaml` writes it
public record Samples(String name, String type, List<Sample> samples) {
  /// @param given what is stored, and
  /// @param answered what must come back
  public record Sample(String given, String answered) {}

  private static final String MEGABYTE = '"' + "0123456789abcde😀".repeat(1 << 16) + '"';
  private static final String DEEP = "{\"a\":[".repeat(100) + "1" + "]}".repeat(100);

  public static final List<Samples> ALL =
      List.of(
          of("boolean", "boolean", "true", "false"),
          of("smallint", "smallint", "-32768", "-1", "0", "32767"),
          of("integer", "integer", "-2147483648", "0", "2147483647"),
          of("bigint", "bigint", "-9223372036854775808", "0", "9223372036854775807"),
          of(
              "decimal",
              "decimal(12,2)",
              "-9999999999.99",
              "-0.01",
              "0.00",
              "0.10",
              "1 → 1.00",
              "1.5e1 → 15.00",
              "1.005 → 1.01",
              "-1.005 → -1.01",
              "1.0049999999999999999999 → 1.00",
              "9999999999.99"),
          of("whole_decimal", "decimal(18,0)", "-999999999999999999", "0", "999999999999999999"),
          of(
              "fine_decimal",
              "decimal(18,18)",
              "-0.999999999999999999",
              "0.000000000000000000",
              "1e-18 → 0.000000000000000001",
              "0.999999999999999999"),
          of(
              "real",
              "real",
              "0",
              "0.1",
              "-1.5",
              "100000",
              "123456",
              "1234567 → 1.234567e+06",
              "16777217 → 1.6777216e+07",
              "0.0001",
              "0.00001 → 1e-05",
              "1e-45",
              "3.4028235e38 → 3.4028235e+38",
              "\"Infinity\"",
              "\"-Infinity\""),
          of(
              "double",
              "double",
              "0",
              "0.1",
              "-1.5",
              "0.30000000000000004",
              "100000",
              "123456789012345",
              "1e15 → 1e+15",
              "123456789012345680 → 1.2345678901234568e+17",
              "1e20 → 1e+20",
              "0.0001",
              "0.00001 → 1e-05",
              "5e-324",
              "1.7976931348623157e308 → 1.7976931348623157e+308",
              "\"Infinity\"",
              "\"-Infinity\""),
          of(
              "text",
              "text",
              "\"\"",
              "\" \"",
              "\"a\"",
              "\"null\"",
              "\"'; DROP TABLE x; --\"",
              "\"\\\"quoted\\\" \\\\ back\"",
              "\"tab\\tnewline\\nreturn\\r\\b\\f\"",
              "\"\\u0001\\u001f\"",
              "\"\\u007f / <b>&</b>\" → \"\u007f / <b>&</b>\"",
              "\"İstanbul ışık ŞŞ\"",
              "\"e\u0301 é\"",
              "\"😀 𝔘 中文\"",
              MEGABYTE),
          of("varchar", "varchar(3)", "\"\"", "\"abc\"", "\"äöü\"", "\"😀😀😀\""),
          of(
              "uuid",
              "uuid",
              "\"00000000-0000-0000-0000-000000000000\"",
              "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
              "\"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11\" → \"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\""),
          of("date", "date", "\"0001-01-01\"", "\"2024-02-29\"", "\"9999-12-31\""),
          of(
              "time",
              "time",
              "\"00:00:00\"",
              "\"12:30\" → \"12:30:00\"",
              "\"12:30:00.500000\" → \"12:30:00.5\"",
              "\"23:59:59.999999\""),
          of(
              "timestamp",
              "timestamp",
              "\"0001-01-01T00:00:00\"",
              "\"2024-02-29 12:00:00\" → \"2024-02-29T12:00:00\"",
              "\"2024-02-29T12:00:00.120\" → \"2024-02-29T12:00:00.12\"",
              "\"9999-12-31T23:59:59.999999\""),
          of(
              "timestamptz",
              "timestamptz",
              "\"0001-01-01T00:00:00+00:00\"",
              "\"1969-12-31T23:59:59.999999+00:00\"",
              "\"2024-02-29T12:00:00Z\" → \"2024-02-29T12:00:00+00:00\"",
              "\"2024-03-01T00:30:00+05:30\" → \"2024-02-29T19:00:00+00:00\"",
              "\"2024-02-29 12:00:00.678-01\" → \"2024-02-29T13:00:00.678+00:00\"",
              "\"9999-12-31T23:59:59.999999+00:00\""),
          of(
              "interval",
              "interval",
              "\"00:00:00\"",
              "\"1 day\"",
              "\"-1 days\"",
              "\"1 mon\"",
              "\"-1 mons\"",
              "\"1 year 2 mons 3 days 04:05:06.789\"",
              "\"1 year -2 mons +3 days -04:05:06\" → \"10 mons 3 days -04:05:06\"",
              "\"-1 years -2 mons +3 days -04:05:06.789\"",
              "\"36:00:00\"",
              "\"-00:00:00.000001\"",
              "\"P1Y2M3DT4H5M6S\" → \"1 year 2 mons 3 days 04:05:06\""),
          of(
              "json",
              "json",
              "{}",
              "[]",
              "0",
              "true",
              "\"text\"",
              "1.10",
              "12345678901234567890.123456789",
              "{\"bb\":1,\"a\":[null,false,\"x\"]} → {\"a\":[null,false,\"x\"],\"bb\":1}",
              "{\"a\":\"\\u00e9\",\"b\":\"\\\"\"} → {\"a\":\"é\",\"b\":\"\\\"\"}",
              DEEP),
          of(
              "bytea",
              "bytea",
              "\"\\\\x\"",
              "\"\\\\x00ff\"",
              "\"\\\\xDEADBEEF\" → \"\\\\xdeadbeef\""),
          of("mood", "mood", "\"sad\"", "\"it's \\\"ok\\\"\"", "\"happy\""),
          of("booleans", "boolean[]", "[]", "[true,null,false]"),
          of("integers", "integer[]", "[]", "[-2147483648,null,2147483647]"),
          of("bigints", "bigint[]", "[9223372036854775807]"),
          of("decimals", "decimal(6,2)[]", "[1.50,null,-0.01]"),
          of("doubles", "double[]", "[0.1,\"Infinity\",null]"),
          of(
              "texts",
              "text[]",
              "[]",
              "[null]",
              "[\"\",\"a,b\",\"\\\"q\\\"\",\"\\\\\",null,\"NULL\",\"{}\",\"😀\",\" \"]"),
          of("uuids", "uuid[]", "[\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\",null]"),
          of("dates", "date[]", "[\"0001-01-01\",null,\"9999-12-31\"]"),
          of("times", "timestamptz[]", "[\"2024-02-29T12:00:00.5+00:00\",null]"),
          of("byteas", "bytea[]", "[\"\\\\x00ff\",null]"),
          of("moods", "mood[]", "[\"sad\",null,\"it's \\\"ok\\\"\"]"));

  private static Samples of(String name, String type, String... samples) {
    return new Samples(name, type, List.of(samples).stream().map(Samples::sample).toList());
  }

  private static Sample sample(String text) {
    int arrow = text.indexOf(" → ");
    return arrow < 0
        ? new Sample(text, text)
        : new Sample(text.substring(0, arrow), text.substring(arrow + 3));
  }
}
