package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Wrote;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What only some engines can do works on those that say so, and is refused by the others in so
/// many words.
abstract class CapabilitySuite extends Suite {
  private Set<Capability> capabilities;

  @BeforeAll
  void ask() {
    try (Backend backend = Backend.open(engine(), model("text"))) {
      capabilities = backend.engine().capabilities();
    }
  }

  @Test
  void wideDecimals() {
    able(
        Capability.WIDE_DECIMALS,
        model("decimal(30,10)"),
        "decimals of at most 18 digits",
        backend -> {
          backend.seed(
              "things",
              """
              [{"id":1,"v":12345678901234567890.0123456789},{"id":2,"v":-12345678901234567890.0123456789},
               {"id":3,"v":0.0000000001}]\
              """);
          assertThat(backend.read(SERVICE, of("v").order(asc("v")).from("things")))
              .isEqualTo(
                  """
                  [{"v":-12345678901234567890.0123456789},{"v":0.0000000001},\
                  {"v":12345678901234567890.0123456789}]\
                  """);
          assertThat(
                  backend.read(
                      SERVICE,
                      of("id").where(eq("v", "12345678901234567890.0123456789")).from("things")))
              .isEqualTo("[{\"id\":1}]");
        });
  }

  @Test
  void typesOfTheEnginesOwn() {
    able(
        Capability.NATIVE_TYPES,
        nativeModel("inet"),
        "no type inet",
        backend -> {
          backend.seed("things", "[{\"id\":1,\"v\":\"10.0.0.9\"},{\"id\":2,\"v\":\"9.0.0.10\"}]");
          assertThat(backend.read(SERVICE, of("v").order(asc("v")).from("things")))
              .isEqualTo("[{\"v\":\"9.0.0.10\"},{\"v\":\"10.0.0.9\"}]");
          assertThat(refusal(() -> backend.insert(SERVICE, "things", "{\"id\":3,\"v\":\"x\"}")))
              .isEqualTo(new Problem.InvalidValue("inet", "x"));
        });
  }

  @Test
  void ranges() {
    able(
        Capability.RANGES,
        nativeModel("int4range"),
        "no type int4range",
        backend -> {
          backend.seed(
              "things",
              """
              [{"id":1,"v":"[1,5)"},{"id":2,"v":"[7,9)"},{"id":3,"v":"[4,8)"},{"id":4,"v":"empty"}]\
              """);
          assertThat(backend.read(SERVICE, of("v").where(eq("v", "[1,4]")).from("things")))
              .isEqualTo("[{\"v\":\"[1,5)\"}]");
          Map<Operator, String> found = new EnumMap<>(Operator.class);
          found.put(Operator.RANGE_LEFT_OF, "1");
          found.put(Operator.RANGE_RIGHT_OF, "2");
          found.put(Operator.RANGE_NOT_RIGHT_OF, "1");
          found.put(Operator.RANGE_NOT_LEFT_OF, "2");
          found.put(Operator.RANGE_ADJACENT, "1 2");
          found.put(Operator.CONTAINS, "3");
          found.put(Operator.CONTAINED, "4");
          found.put(Operator.OVERLAPS, "3");
          found.forEach(
              (operator, ids) ->
                  assertThat(
                          backend
                              .read(
                                  SERVICE,
                                  of("id")
                                      .where(test("v", operator, "[5,7)"))
                                      .order(asc("id"))
                                      .from("things"))
                              .replaceAll("[^0-9]+", " ")
                              .strip())
                      .as(operator.toString())
                      .isEqualTo(ids));
          assertThat(
                  refusal(() -> backend.read(SERVICE, of("id").where(eq("v", "x")).from("things"))))
              .isEqualTo(
                  new Problem.Database(
                      "22P02",
                      "malformed range literal: \"x\"",
                      "Missing left parenthesis or bracket.",
                      null));
        });
  }

  @Test
  void partialIndexes() {
    able(
        Capability.PARTIAL_INDEXES,
        """
        tables:
          things:
            columns:
              id: {type: bigint, primary_key: true}
              v: text
              gone: boolean
            indexes:
              - {columns: [v], unique: true, where: '!row.gone'}
        """,
        "partial",
        backend -> {
          assertThat(
                  backend.insert(
                      SERVICE,
                      "things",
                      """
                      [{"id":1,"v":"x","gone":true},{"id":2,"v":"x","gone":true},{"id":3,"v":"x","gone":false}]\
                      """))
              .isEqualTo(Wrote.keys("1", "2", "3"));
          assertThat(
                  refusal(
                      () ->
                          backend.insert(
                              SERVICE, "things", "{\"id\":4,\"v\":\"x\",\"gone\":false}")))
              .isInstanceOf(Problem.ConstraintViolated.class);
        });
  }

  /// Stored or refused; where it is stored it is above everything, as PostgreSQL has it.
  @Test
  void notANumber() {
    try (Backend backend = Backend.open(engine(), model("double"))) {
      backend.seed("things", "[{\"id\":1,\"v\":\"Infinity\"},{\"id\":2,\"v\":1}]");
      String nan = "{\"id\":3,\"v\":\"NaN\"}";
      boolean stored = true;
      try {
        backend.insert(SERVICE, "things", nan);
      } catch (ProblemException refused) {
        assertThat(refused.problem()).isInstanceOf(Problem.Unsupported.class);
        stored = false;
      }
      assertThat(backend.read(SERVICE, of("v").order(asc("v")).from("things")))
          .isEqualTo("[{\"v\":1},{\"v\":\"Infinity\"}" + (stored ? ",{\"v\":\"NaN\"}]" : "]"));
      assertThat(
              backend.read(
                  SERVICE,
                  of("id").where(test("v", Operator.LT, "NaN")).order(asc("id")).from("things")))
          .isEqualTo("[{\"id\":1},{\"id\":2}]");
    }
  }

  private void able(Capability capability, String model, String refusal, Consumer<Backend> works) {
    if (!capabilities.contains(capability)) {
      assertThatThrownBy(() -> Backend.open(engine(), model))
          .isInstanceOfSatisfying(
              ModelException.class,
              refused ->
                  assertThat(refused.faults())
                      .singleElement()
                      .satisfies(fault -> assertThat(fault.message()).contains(refusal)));
      return;
    }
    try (Backend backend = Backend.open(engine(), model)) {
      works.accept(backend);
    }
  }

  private static String model(String type) {
    return things("{type: '" + type + "'}");
  }

  private static String nativeModel(String type) {
    return things("{native: " + type + "}");
  }

  private static String things(String v) {
    return """
    tables:
      things:
        columns:
          id: {type: bigint, primary_key: true}
          v: %s
    """
        .formatted(v);
  }
}
