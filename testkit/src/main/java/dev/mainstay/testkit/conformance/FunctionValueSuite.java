package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Callers.ANON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.Backend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A value of each type goes in as an argument and comes out as a result, whether the function
/// reads or writes, as a column of that type would have it.
abstract class FunctionValueSuite extends Suite {
  /// A type, an argument as JSON, and what comes back.
  private record Sample(String type, String given, String back) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample("boolean", "\"t\"", "true"),
          new Sample("boolean", "false", "false"),
          new Sample("smallint", "-32768", "-32768"),
          new Sample("bigint", "9223372036854775807", "9223372036854775807"),
          new Sample("bigint", "null", "null"),
          new Sample("decimal(18,4)", "-12345678901234.5", "-12345678901234.5000"),
          new Sample("decimal(18,0)", "999999999999999999", "999999999999999999"),
          new Sample("real", "1.1", "1.1"),
          new Sample("double", "1e300", "1e+300"),
          new Sample("double", "\"-Infinity\"", "\"-Infinity\""),
          new Sample("text", "\"é \\\"q\\\" \\\\ \\n\"", "\"é \\\"q\\\" \\\\ \\n\""),
          new Sample("text", "\"\"", "\"\""),
          new Sample("varchar(3)", "\"abc\"", "\"abc\""),
          new Sample(
              "uuid",
              "\"ABCDEF00-1111-4111-8111-111111111111\"",
              "\"abcdef00-1111-4111-8111-111111111111\""),
          new Sample("date", "\"2025-02-28\"", "\"2025-02-28\""),
          new Sample("time", "\"23:59:59.5\"", "\"23:59:59.5\""),
          new Sample("timestamp", "\"2025-03-01 12:00\"", "\"2025-03-01T12:00:00\""),
          new Sample("timestamptz", "\"2025-03-01 12:00+02\"", "\"2025-03-01T10:00:00+00:00\""),
          new Sample("interval", "\"1 day 02:00\"", "\"1 day 02:00:00\""),
          new Sample(
              "json", "{\"b\":[1.50,null],\"a\":\"x\"}", "{\"a\": \"x\", \"b\": [1.50, null]}"),
          new Sample("bytea", "\"\\\\x00ff\"", "\"\\\\x00ff\""),
          new Sample("mood", "\"ok\"", "\"ok\""),
          new Sample("integer[]", "[1,null,3]", "[1,null,3]"),
          new Sample("text[]", "[\"a,b\",\"\"]", "[\"a,b\",\"\"]"),
          new Sample("boolean[]", "[true,false]", "[true,false]"),
          new Sample("decimal(6,2)[]", "[1.5]", "[1.50]"),
          new Sample("bytea[]", "[\"\\\\x01\"]", "[\"\\\\x01\"]"),
          new Sample(
              "timestamptz[]", "[\"2025-03-01 00:00Z\"]", "[\"2025-03-01T00:00:00+00:00\"]"));

  @TestFactory
  List<DynamicTest> comeBackAsTheyWent() {
    List<DynamicTest> tests = new ArrayList<>();
    StringBuilder model = new StringBuilder("enums: {mood: [sad, ok]}\nfunctions:\n");
    for (int i = 0; i < SAMPLES.size(); i++) {
      String type = "\"" + SAMPLES.get(i).type() + "\"";
      String head = ": {arguments: {a: " + type + "}, allow: everyone, ";
      model
          .append("  read" + i + head + "returns: " + type + ", sql: 'select :a'}\n")
          .append("  write" + i + head + "returns: " + type + ", writes: true, sql: 'select :a'}\n")
          .append("  row" + i + head + "returns: {table: {x: text, y: " + type)
          .append("}}, writes: true, sql: \"select :a as y, 'x' as x\"}\n");
    }
    Backend backend = Backend.open(engine(), model.toString());
    for (int i = 0; i < SAMPLES.size(); i++) {
      Sample sample = SAMPLES.get(i);
      int at = i;
      String back = sample.back();
      tests.add(
          DynamicTest.dynamicTest(
              sample.type() + " " + sample.given(),
              () -> {
                String given = "{\"a\":" + sample.given() + "}";
                for (String kind : List.of("read", "write"))
                  assertThat(
                          backend.call(ANON, kind + at, given, everything()).stream()
                              .map(FunctionValueSuite::spaceless))
                      .as(kind)
                      .containsExactly(spaceless(back));
                assertThat(
                        backend.call(ANON, "row" + at, given, everything()).stream()
                            .map(FunctionValueSuite::spaceless))
                    .containsExactly(spaceless("{\"x\":\"x\",\"y\":" + back + "}"));
              }));
    }
    tests.add(DynamicTest.dynamicTest("the end", backend::close));
    return tests;
  }

  /// Without the spaces that PostgreSQL has in JSON.
  private static String spaceless(String text) {
    return text.replace("\": ", "\":").replace(", ", ",");
  }
}
