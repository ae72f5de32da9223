package dev.mainstay.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTextTest {
  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of(
            new Problem.InvalidValue("integer", "many"),
            "\"many\" is no value of the type integer"),
        Arguments.of(
            new Problem.ValueOutOfRange("22003", "integer out of range"), "integer out of range"),
        Arguments.of(
            new Problem.ConstraintViolated(
                Problem.ConstraintViolated.Kind.UNIQUE,
                "duplicate key value violates unique constraint \"genres_name_key\"",
                "Key (name)=(Rock) already exists."),
            "duplicate key value violates unique constraint \"genres_name_key\": Key (name)=(Rock)"
                + " already exists."),
        Arguments.of(
            new Problem.ConstraintViolated(
                Problem.ConstraintViolated.Kind.CHECK, "the price is below 0", null),
            "the price is below 0"),
        Arguments.of(
            new Problem.UnknownTable("public", "albms", "albums"),
            "there is no table public.albms; perhaps albums"),
        Arguments.of(
            new Problem.UnknownTable("public", "albms", null), "there is no table public.albms"),
        Arguments.of(
            new Problem.UnknownFunction("public", "add", List.of("a", "b"), null, null),
            "there is no function public.add(a, b)"),
        Arguments.of(new Problem.Unsupported("a lateral join"), "a lateral join is not supported"),
        Arguments.of(
            new Problem.TooLarge(Problem.TooLarge.What.ANSWER, 1000),
            "the answer would have more than 1000 bytes"),
        Arguments.of(
            new Problem.Database("P0001", "not today", "come back", "on Monday"),
            "not today: come back"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void isSaidInWords(Problem problem, String expected) {
    assertThat(ProblemText.of(problem)).isEqualTo(expected);
  }
}
