package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.column;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Casts between the portable types answer as PostgreSQL's, and are refused in its words.
abstract class CastSuite extends Suite {
  private static final String ALICE = "aaaaaaaa-0000-4000-8000-000000000001";

  private Backend backend;

  @BeforeAll
  void open() {
    backend =
        Backend.open(
            engine(),
            """
            enums: {mood: [calm, wild]}
            tables:
              kinds:
                columns:
                  id: {type: integer, primary_key: true}
                  flag: boolean
                  small: smallint
                  whole: integer
                  big: bigint
                  amount: 'decimal(8,2)'
                  fine: 'decimal(18,6)'
                  single: real
                  double: double
                  name: text
                  code: varchar(10)
                  uid: uuid
                  day: date
                  at: time
                  moment: timestamp
                  instant: timestamptz
                  span: interval
                  data: json
                  mood: mood
                  raw: bytea
                  tags: 'text[]'
                  nums: 'integer[]'
                  moments: 'timestamp[]'
                  nothing: text?
              secrets:
                columns: {id: {type: integer, primary_key: true}, owner: 'uuid?', v: text}
                policies:
                  read: {authenticated: row.owner == auth.uid}
            """);
    backend.seed(
        "kinds",
        """
        [{"id":1,"flag":true,"small":7,"whole":42,"big":9007199254740993,"amount":9.99,"fine":123456789012.345678,
          "single":3.14,"double":2.5,"name":"12","code":"x","uid":"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11","day":"2024-02-29",
          "at":"03:04:05.678","moment":"2024-02-29T03:04:05.678","instant":"2024-02-29T03:04:05.678+02","span":"1 day 26:00",
          "data":{"n":5.5,"s":"x","t":true,"z":null,"l":[1,"a"],"big":1e20},"mood":"wild","raw":"\\\\x6869","tags":["a","b c",null],
          "nums":[1,2],"moments":["2024-02-29T03:04:05"],"nothing":null}]\
        """);
    backend.seed(
        "secrets",
        "[{\"id\":1,\"owner\":\"%s\",\"v\":\"7\"},{\"id\":2,\"owner\":null,\"v\":\"seven\"}]"
            .formatted(ALICE));
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "flag     | text      | \"true\"",
        "flag     | int       | 1",
        "small    | bigint    | 7",
        "small    | text      | \"7\"",
        "whole    | bool      | true",
        "whole    | TEXT      | \"42\"",
        "whole    | numeric   | 42",
        "whole    | float8    | 42",
        "whole    | int2      | 42",
        "big      | text      | \"9007199254740993\"",
        "big      | numeric   | 9007199254740993",
        "big      | float8    | 9.007199254740992e+15",
        "big      | real      | 9.007199e+15",
        "amount   | int       | 10",
        "amount   | text      | \"9.99\"",
        "amount   | numeric   | 9.99",
        "amount   | double precision | 9.99",
        "amount   | real      | 9.99",
        "fine     | float8    | 123456789012.34567",
        "fine     | bigint    | 123456789012",
        "single   | float8    | 3.140000104904175",
        "single   | int       | 3",
        "single   | numeric   | 3.14",
        "single   | text      | \"3.14\"",
        "double   | int       | 2",
        "double   | numeric   | 2.5",
        "double   | float4    | 2.5",
        "double   | text      | \"2.5\"",
        "name     | int       | 12",
        "name     | numeric   | 12",
        "name     | varchar   | \"12\"",
        "name     | jsonb     | 12",
        "name     | double precision | 12",
        "code     | text      | \"x\"",
        "uid      | text      | \"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
        "day      | text      | \"2024-02-29\"",
        "day      | timestamp | \"2024-02-29T00:00:00\"",
        "day      | timestamptz | \"2024-02-29T00:00:00+00:00\"",
        "at       | text      | \"03:04:05.678\"",
        "at       | interval  | \"03:04:05.678\"",
        "moment   | text      | \"2024-02-29 03:04:05.678\"",
        "moment   | date      | \"2024-02-29\"",
        "moment   | time      | \"03:04:05.678\"",
        "moment   | timestamptz | \"2024-02-29T03:04:05.678+00:00\"",
        "instant  | text      | \"2024-02-29 01:04:05.678+00\"",
        "instant  | date      | \"2024-02-29\"",
        "instant  | time      | \"01:04:05.678\"",
        "instant  | timestamp without time zone | \"2024-02-29T01:04:05.678\"",
        "span     | text      | \"1 day 26:00:00\"",
        "span     | time      | \"02:00:00\"",
        "data     | text      | `\"{\\\"l\\\": [1, \\\"a\\\"], \\\"n\\\": 5.5, \\\"s\\\":"
            + " \\\"x\\\", \\\"t\\\": true, \\\"z\\\": null, \\\"big\\\": 100000000000000000000}\"`",
        "data->n  | int       | 6",
        "data->n  | float8    | 5.5",
        "data->n  | numeric   | 5.5",
        "data->n  | text      | \"5.5\"",
        "data->>n | numeric   | 5.5",
        "data->>n | text      | \"5.5\"",
        "data->t  | bool      | true",
        "data->>t | boolean   | true",
        "data->s  | text      | `\"\\\"x\\\"\"`",
        "data->l->0 | int     | 1",
        "data->x  | int       | null",
        "data->x  | text      | null",
        "data->z  | text      | \"null\"",
        "data->z  | varchar   | \"null\"",
        "data->>z | text      | null",
        "data->>z | int       | null",
        "data->l->1 | text    | `\"\\\"a\\\"\"`",
        "mood     | text      | \"wild\"",
        "raw      | text      | `\"\\\\x6869\"`",
        "tags     | text      | `\"{a,\\\"b c\\\",NULL}\"`",
        "nums     | text      | \"{1,2}\"",
        "nums->1  | int       | 2",
        "moments  | text      | `\"{\\\"2024-02-29 03:04:05\\\"}\"`",
        "nothing  | int       | null",
        "nothing  | jsonb     | null",
      })
  void answers(String field, String cast, String json) {
    assertThat(cast(field, cast)).isEqualTo("[{\"v\":" + json + "}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "big      | int   | 22003 | integer out of range",
        "whole    | foo   | 42704 | type \"foo\" does not exist",
        "day      | int   | 42846 | cannot cast type date to integer",
        "flag     | int8  | 42846 | cannot cast type boolean to bigint",
        "big      | bool  | 42846 | cannot cast type bigint to boolean",
        "uid      | int   | 42846 | cannot cast type uuid to integer",
        "amount   | bool  | 42846 | cannot cast type numeric to boolean",
        "nums     | jsonb | 42846 | cannot cast type integer[] to jsonb",
        "mood     | int   | 42846 | cannot cast type mood to integer",
        "data->s  | int   | 22023 | cannot cast jsonb string to type integer",
        "data->n  | bool  | 22023 | cannot cast jsonb numeric to type boolean",
        "code     | mood  | 22P02 | invalid input value for enum mood: \"x\"",
      })
  void refusals(String field, String cast, String state, String message) {
    assertThat(refusal(() -> cast(field, cast))).isEqualTo(database(state, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "code     | int              | integer",
        "code     | numeric          | numeric",
        "code     | double precision | double precision",
        "code     | date             | date",
        "code     | uuid             | uuid",
        "code     | bool             | boolean",
        "code     | timestamptz      | timestamp with time zone",
        "data->>s | int              | integer",
      })
  void textsThatAreNoValueOfTheType(String field, String cast, String type) {
    assertThat(refusal(() -> cast(field, cast))).isEqualTo(new Problem.InvalidValue(type, "x"));
  }

  @Test
  void typesOfTheEnginesOwn() {
    assertThat(refusal(() -> cast("code", "inet")))
        .isEqualTo(
            backend.engine().capabilities().contains(Capability.NATIVE_TYPES)
                ? new Problem.InvalidValue("inet", "x")
                : new Problem.Unsupported("a cast to inet"));
  }

  @Test
  void aHiddenRowIsNotCast() {
    assertThat(
            backend.read(Callers.user(ALICE), of().with(column("v", "v", "int")).from("secrets")))
        .isEqualTo("[{\"v\":7}]");
    assertThat(
            refusal(
                () -> backend.read(SERVICE, of().with(column("v", "v", "int")).from("secrets"))))
        .isEqualTo(new Problem.InvalidValue("integer", "seven"));
  }

  private String cast(String field, String cast) {
    return backend.read(SERVICE, of().with(column("v", field, cast)).from("kinds"));
  }

  private static Problem database(String state, String message) {
    return new Problem.Database(state, message, null, null);
  }
}
