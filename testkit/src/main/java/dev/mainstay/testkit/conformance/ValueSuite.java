package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.conformance.Samples.Sample;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every value comes back as it went in, in the same words on every engine: from a write, at the
/// root, inside a to-one embed and inside a to-many embed.
abstract class ValueSuite extends Suite {
  private Backend backend;

  @BeforeAll
  void open() {
    StringBuilder yaml =
        new StringBuilder(
            """
            enums:
              mood: [sad, 'it''s "ok"', happy]
            tables:
              parents:
                columns:
                  id: {type: bigint, primary_key: true}
            """);
    for (Samples samples : Samples.ALL)
      yaml.append(
          """
            %1$s_values:
              columns:
                id: {type: bigint, primary_key: true}
                parent_id: {type: bigint, references: parents}
                v: {type: '%2$s', nullable: true}
            %1$s_refs:
              columns:
                id: {type: bigint, primary_key: true}
                value_id: {type: bigint, references: %1$s_values}
          """
              .formatted(samples.name(), samples.type()));
    backend = Backend.open(engine(), yaml.toString()).seed("parents", "{\"id\":1}");
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @TestFactory
  Stream<DynamicTest> roundTrip() {
    return Samples.ALL.stream()
        .map(samples -> DynamicTest.dynamicTest(samples.type(), () -> roundTrip(samples)));
  }

  private void roundTrip(Samples samples) {
    String values = samples.name() + "_values";
    List<Sample> all =
        Stream.concat(samples.samples().stream(), Stream.of(new Sample("null", "null"))).toList();
    String given =
        IntStream.range(0, all.size())
            .mapToObj(
                i -> "{\"id\":%d,\"parent_id\":1,\"v\":%s}".formatted(i + 1, all.get(i).given()))
            .collect(joining(",", "[", "]"));
    String refs =
        IntStream.rangeClosed(1, all.size())
            .mapToObj(i -> "{\"id\":%1$d,\"value_id\":%1$d}".formatted(i))
            .collect(joining(",", "[", "]"));
    String answered =
        all.stream()
            .map(sample -> "{\"v\":" + sample.answered() + "}")
            .collect(joining(",", "[", "]"));
    String nested =
        all.stream()
            .map(sample -> "{\"" + values + "\":{\"v\":" + sample.answered() + "}}")
            .collect(joining(",", "[", "]"));

    Ask v = of("v");
    assertThat(compact(samples, backend.insert(Callers.SERVICE, values, given, v).rows()))
        .isEqualTo(answered);
    backend.seed(samples.name() + "_refs", refs);

    assertThat(read(samples, v.order(asc("id")), values)).as("root").isEqualTo(answered);
    assertThat(read(samples, of().embed(values, v).order(asc("id")), samples.name() + "_refs"))
        .as("to-one")
        .isEqualTo(nested);
    assertThat(read(samples, of().embed(values, v.order(asc("id"))), "parents"))
        .as("to-many")
        .isEqualTo("[{\"" + values + "\":" + answered + "}]");
  }

  private String read(Samples samples, Ask ask, String table) {
    return compact(samples, backend.read(Callers.SERVICE, ask.from(table)));
  }

  /// JSON columns may be spaced as the engine likes; nothing else may.
  private static String compact(Samples samples, String json) {
    return samples.type().equals("json") ? Spacing.none(json) : json;
  }
}
