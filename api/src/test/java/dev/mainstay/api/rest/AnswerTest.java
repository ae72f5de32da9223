package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.http.EntityTag;
import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTest {
  static Preferences prefer(String... preferences) {
    return Preferences.read(new Headers(Map.of("prefer", List.of(preferences))));
  }

  static Answer answer(Format format, String... preferences) {
    return new Answer("tracks", null, format, prefer(preferences));
  }

  static List<byte[]> rows(int count) {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++)
      rows.add(("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8));
    return rows;
  }

  static Body array(int count) {
    return new Body.JsonArray(rows(count));
  }

  static Written written(int count) {
    List<List<Value>> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) keys.add(List.of(new Value.Whole(i)));
    return new Written(keys, rows(count), count);
  }

  /// Status, headers and body as text.
  static String text(Response response) {
    StringBuilder text = new StringBuilder().append(response.status());
    for (Response.Header header : response.headers())
      text.append('\n').append(header.name()).append(": ").append(header.value());
    return text.append("\n\n").append(body(response.body())).toString();
  }

  static String body(Body body) {
    return switch (body) {
      case Body.Empty() -> "";
      case Body.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case Body.JsonArray(List<byte[]> rows) ->
          "["
              + String.join(
                  ",", rows.stream().map(row -> new String(row, StandardCharsets.UTF_8)).toList())
              + "]";
      case Body.Lines(List<byte[]> lines) ->
          String.join(
              "\n", lines.stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList());
    };
  }

  @Test
  void answersReads() {
    Response response =
        answer(Format.json(), "count=exact")
            .read(
                new Rows(rows(2), 2L),
                array(2),
                new Page(0, 25),
                "limit=25&select=n",
                Headers.NONE);
    assertThat(text(response))
        .isEqualTo(
            """
            200
            Content-Range: 0-1/2
            Content-Location: /tracks?limit=25&select=n
            Content-Type: application/json; charset=utf-8
            Preference-Applied: count=exact
            Vary: Authorization, apikey, Accept, Prefer, Range
            ETag: %s

            [{"n":0},{"n":1}]"""
                .formatted(EntityTag.of(array(2), "application/json; charset=utf-8", "0-1/2")));
    assertThat(response.rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    // offset, rows, total, status, Content-Range
    "0,25,,200,0-24/*",
    "10,5,,200,10-14/*",
    "0,0,,200,*/*",
    "5,0,,200,*/*",
    "0,0,0,200,*/0",
    "0,3,3,200,0-2/3",
    "0,2,3,206,0-1/3",
    "2,1,3,206,2-2/3",
    "3,0,3,206,*/3",
    "4,0,3,416,*/3",
    "1,0,0,416,*/0"
  })
  void saysWhichRowsTheseAre(long offset, int count, Long total, int status, String range) {
    Response response =
        answer(Format.json())
            .read(
                new Rows(rows(count), total), array(count), new Page(offset, 25), "", Headers.NONE);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers()).contains(new Response.Header("Content-Range", range));
  }

  @Test
  void refusesAnOffsetBeyondTheEnd() {
    Response response =
        answer(Format.json())
            .read(new Rows(rows(0), 3L), array(0), new Page(7, 25), "", Headers.NONE);
    assertThat(body(response.body()))
        .isEqualTo(
            "{\"code\":\"PGRST103\",\"message\":\"Requested range not satisfiable\","
                + "\"details\":\"An offset of 7 was requested, but there are only 3 rows.\","
                + "\"hint\":null}");
  }

  @Test
  void answersOneObject() {
    Answer answer = new Answer("a b", "extra", new Format.Single(false), prefer());
    assertThat(text(answer.read(new Rows(rows(1), null), array(1), Page.ALL, "", Headers.NONE)))
        .isEqualTo(
            """
            200
            Content-Range: 0-0/*
            Content-Location: /a%%20b
            Content-Type: application/vnd.pgrst.object+json; charset=utf-8
            Content-Profile: extra
            Vary: Authorization, apikey, Accept, Prefer, Range
            ETag: %s

            [{"n":0}]"""
                .formatted(
                    EntityTag.of(
                        array(1), "application/vnd.pgrst.object+json; charset=utf-8", "0-0/*")));
  }

  @Test
  void answersThatTheClientHasItAlready() {
    Rows rows = new Rows(rows(2), null);
    String tag = EntityTag.of(array(2), "application/json; charset=utf-8", "0-1/*");
    Headers known = new Headers(Map.of("if-none-match", List.of("\"other\", W/" + tag)));
    assertThat(text(answer(Format.json()).read(rows, array(2), Page.ALL, "select=n", known)))
        .isEqualTo(
            """
            304
            ETag: W/%s
            Content-Location: /tracks?select=n
            Vary: Authorization, apikey, Accept, Prefer, Range

            """
                .formatted(tag));
    assertThat(answer(Format.json()).read(rows, array(1), Page.ALL, "", known).status())
        .isEqualTo(200);
    Rows counted = new Rows(rows(2), 2L);
    assertThat(answer(Format.json()).read(counted, array(2), Page.ALL, "", known).status())
        .isEqualTo(200);
    assertThat(answer(new Format.Csv()).read(rows, array(2), Page.ALL, "", known).status())
        .isEqualTo(200);
  }

  static List<Expr.Column> key(String... names) {
    List<Expr.Column> key = new ArrayList<>();
    for (String name : names) key.add(new Expr.Column(0, name, new ColumnType.Whole(32)));
    return key;
  }

  @Test
  void answersInserts() {
    assertThat(text(answer(Format.json()).inserted(written(2), array(2), key("id"))))
        .isEqualTo("201\nContent-Range: */*\n\n");
    assertThat(
            text(
                answer(Format.json(), "return=representation,count=exact")
                    .inserted(written(2), array(2), key("id"))))
        .isEqualTo(
            """
            201
            Content-Range: */2
            Preference-Applied: return=representation, count=exact
            Content-Type: application/json; charset=utf-8

            [{"n":0},{"n":1}]""");
    assertThat(
            text(
                answer(Format.json(), "return=headers-only")
                    .inserted(written(1), array(1), key("id"))))
        .isEqualTo(
            """
            201
            Location: /tracks?id=eq.0
            Content-Range: */*
            Preference-Applied: return=headers-only

            """);
  }

  @Test
  void answersUpdates() {
    assertThat(text(answer(Format.json()).updated(written(3), array(3))))
        .isEqualTo("204\nContent-Range: 0-2/*\n\n");
    assertThat(text(answer(Format.json(), "count=exact").updated(written(0), array(0))))
        .isEqualTo("204\nContent-Range: */0\nPreference-Applied: count=exact\n\n");
    assertThat(text(answer(Format.json(), "return=representation").updated(written(1), array(1))))
        .isEqualTo(
            """
            200
            Content-Range: 0-0/*
            Preference-Applied: return=representation
            Content-Type: application/json; charset=utf-8

            [{"n":0}]""");
  }

  @Test
  void answersDeletes() {
    assertThat(text(answer(Format.json(), "return=minimal").deleted(written(3), array(3))))
        .isEqualTo("204\nContent-Range: */*\nPreference-Applied: return=minimal\n\n");
    assertThat(
            text(
                answer(Format.json(), "count=exact,return=representation")
                    .deleted(written(1), array(1))))
        .isEqualTo(
            """
            200
            Content-Range: */1
            Preference-Applied: return=representation, count=exact
            Content-Type: application/json; charset=utf-8

            [{"n":0}]""");
  }

  static List<Arguments> keys() {
    LocalDateTime time = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_000_000);
    return List.of(
        Arguments.of(new Value.Whole(-5), "id=eq.-5"),
        Arguments.of(new Value.Text("a b&ş"), "id=eq.a%20b%26%C5%9F"),
        Arguments.of(
            new Value.Uuid(UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
            "id=eq.123e4567-e89b-12d3-a456-426614174000"),
        Arguments.of(new Value.Decimal(new BigDecimal("1E+3")), "id=eq.1000"),
        Arguments.of(new Value.Bool(true), "id=eq.true"),
        Arguments.of(new Value.Date(LocalDate.of(2026, 1, 2)), "id=eq.2026-01-02"),
        Arguments.of(new Value.Time(LocalTime.of(3, 4, 5)), "id=eq.03%3A04%3A05"),
        Arguments.of(new Value.Timestamp(time), "id=eq.2026-01-02T03%3A04%3A05.678"),
        Arguments.of(new Value.TimestampTz(time), "id=eq.2026-01-02T03%3A04%3A05.678%2B00%3A00"),
        Arguments.of(new Value.Bytes("6869"), "id=eq.%5Cx6869"),
        Arguments.of(Value.NULL, "id=is.null"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void namesTheNewRow(Value key, String filter) {
    Written written = new Written(List.of(List.of(key)), List.of(), 1);
    assertThat(
            answer(Format.json(), "return=headers-only")
                .inserted(written, new Body.Empty(), key("id"))
                .headers())
        .contains(new Response.Header("Location", "/tracks?" + filter));
  }

  @Test
  void namesTheNewRowByAllOfItsKey() {
    Written written =
        new Written(List.of(List.of(new Value.Whole(1), new Value.Whole(2))), List.of(), 1);
    assertThat(
            answer(Format.json(), "return=headers-only")
                .inserted(written, new Body.Empty(), key("a", "b"))
                .headers())
        .contains(new Response.Header("Location", "/tracks?a=eq.1&b=eq.2"));
  }
}
