package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.api.http.Headers;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which form an `Accept` header gets, by the content type it is answered with.
class FormatTest {
  static final String JSON = "application/json";
  static final String SINGLE = "application/vnd.pgrst.object+json";

  static String accepted(String accept, boolean plans) {
    Headers headers = new Headers(Map.of("accept", List.of(accept)));
    return Format.accepted(headers, plans).contentType();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "|application/json",
        "Application/JSON; charset=utf-8|application/json",
        "application/*;q=0.1|application/json",
        "application/vnd.pgrst.array+json|application/json",
        "application/vnd.pgrst.array|application/json",
        "application/vnd.pgrst.array+json;nulls=stripped"
            + "|application/vnd.pgrst.array+json;nulls=stripped",
        "application/vnd.pgrst.array; nulls = stripped"
            + "|application/vnd.pgrst.array+json;nulls=stripped",
        "application/vnd.pgrst.object+json|application/vnd.pgrst.object+json",
        "ApplicatIon/vnd.PgRsT.object|application/vnd.pgrst.object+json",
        "application/vnd.pgrst.object+json;nulls=stripped"
            + "|application/vnd.pgrst.object+json;nulls=stripped",
        "text/csv|text/csv",
        "text/*|text/csv",
        // by quality, then by how exactly they are named, then as written
        "text/html, application/json;q=0.5, application/vnd.pgrst.object+json;q=0.9"
            + "|application/vnd.pgrst.object+json",
        "*/*, application/vnd.pgrst.object+json|application/vnd.pgrst.object+json",
        "text/csv, application/json|text/csv",
        "application/json, text/csv|application/json",
        "application/json;q=0, text/csv;q=0.001|text/csv",
        "application/json;q=high, text/csv|application/json",
        "image/png, */*;q=0.1|application/json"
      })
  void choosesTheMostWantedFormItCanMake(String accept, String mediaType) {
    assertThat(accepted(accept == null ? "" : accept, false))
        .isEqualTo(mediaType + "; charset=utf-8");
  }

  @Test
  void makesJsonForThoseWhoDoNotSay() {
    assertThat(Format.accepted(Headers.NONE, false)).isEqualTo(Format.json());
  }

  @Test
  void readsSeveralHeadersAsOne() {
    Headers headers = new Headers(Map.of("accept", List.of("image/png", "text/csv")));
    assertThat(Format.accepted(headers, false)).isEqualTo(new Format.Csv());
  }

  static List<Arguments> plans() {
    return List.of(
        Arguments.of(
            "application/vnd.pgrst.plan",
            "application/vnd.pgrst.plan+text; for=\"application/json\""),
        Arguments.of(
            "application/vnd.pgrst.plan+text; for=\"application/json\"; options=analyze|verbose|;",
            "application/vnd.pgrst.plan+text; for=\"application/json\"; options=analyze|verbose"),
        Arguments.of(
            "application/vnd.pgrst.plan+json;for=\"text/csv\"; options=wal|buffers|nonsense|settings",
            "application/vnd.pgrst.plan+json; for=\"text/csv\"; options=settings|buffers|wal"),
        Arguments.of(
            "application/vnd.pgrst.plan+json; for=\"application/vnd.pgrst.object\"",
            "application/vnd.pgrst.plan+json; for=\"application/vnd.pgrst.object+json\""),
        Arguments.of(
            "application/vnd.pgrst.plan; for=\"application/vnd.pgrst.array+json;nulls=stripped\"",
            "application/vnd.pgrst.plan+text;"
                + " for=\"application/vnd.pgrst.array+json;nulls=stripped\""));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void readsWhatAPlanIsToTell(String accept, String mediaType) {
    assertThat(accepted(accept, true)).isEqualTo(mediaType + "; charset=utf-8");
    assertThat(problem(accept, false)).isEqualTo(new Problem.NotAcceptable(List.of(mediaType)));
  }

  @Test
  void passesOverPlansThatAreOff() {
    assertThat(accepted("application/vnd.pgrst.plan, text/csv;q=0.1", false))
        .isEqualTo("text/csv; charset=utf-8");
  }

  static List<Arguments> unacceptable() {
    return List.of(
        Arguments.of("text/html", new Problem.NotAcceptable(List.of("text/html"))),
        Arguments.of("garbage", new Problem.NotAcceptable(List.of("garbage"))),
        Arguments.of(
            "text/html;q=0.5, image/png;level=1",
            new Problem.NotAcceptable(List.of("image/png;level=1", "text/html"))),
        Arguments.of("*/*;q=0", new Problem.NotAcceptable(List.of("*/*"))),
        Arguments.of(
            "application/openapi+json",
            new Problem.NotAcceptable(List.of("application/openapi+json"))),
        Arguments.of(
            "application/vnd.pgrst.plan; for=\"image/png\"",
            new Problem.NotAcceptable(List.of("application/vnd.pgrst.plan;for=\"image/png\""))),
        Arguments.of(
            "image/png, application/geo+json", new Problem.Unsupported("application/geo+json")));
  }

  @ParameterizedTest
  @MethodSource("unacceptable")
  void refusesTheFormsItCannotMake(String accept, Problem problem) {
    assertThat(problem(accept, true)).isEqualTo(problem);
  }

  static Problem problem(String accept, boolean plans) {
    return catchThrowableOfType(ProblemException.class, () -> accepted(accept, plans)).problem();
  }
}
