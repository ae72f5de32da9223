package dev.mainstay.sql.postgres.existing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.generate.ModelFile;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.ModelText;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
record ExistingTest(PostgresVersion version) {
  /// `existing.sql` has every kind of thing that a schema can hold, and `existing.txt` says what
  /// each is in a model.
  @Test
  void aDatabaseIsAModel() throws SQLException, IOException {
    try (Connection connection = PostgresServer.connect(PostgresServer.shared(version).database());
        Statement statement = connection.createStatement()) {
      statement.execute(resource("existing.sql"));
      assertThat(ModelText.canonical(Existing.model(connection, List.of("api"))))
          .isEqualTo(resource("existing.txt"));
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  /// The server writes a query in other words from version to version, but always the query of the
  /// view.
  @Test
  void theQueriesOfViewsAreTold() throws SQLException, IOException {
    try (Connection connection = PostgresServer.connect(PostgresServer.shared(version).database());
        Statement statement = connection.createStatement()) {
      statement.execute(resource("existing.sql"));
      Map<TableName, String> queries = Existing.queries(connection, List.of("api"));
      assertThat(queries.keySet())
          .map(TableName::name)
          .containsExactly("both", "counts", "people", "pets");
      assertThat(queries.get(new TableName("api", "people"))).contains("FROM hidden.people p");
    }
  }

  @Test
  void aDatabaseIsWrittenAsAModelThatDeclaresIt() throws SQLException {
    try (Connection connection = PostgresServer.connect(PostgresServer.shared(version).database());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TYPE mood AS ENUM ('low', 'on', 'it''s "high"');
          CREATE TABLE people (
            id serial PRIMARY KEY,
            name text NOT NULL DEFAULT 'it''s',
            mood mood NOT NULL DEFAULT 'low',
            moods mood[],
            made timestamptz NOT NULL DEFAULT now(),
            token uuid UNIQUE DEFAULT gen_random_uuid(),
            price numeric(8, 2) DEFAULT 1.5,
            "left" integer DEFAULT (-3),
            stamp text DEFAULT upper('x'),
            awake boolean DEFAULT true,
            twice integer GENERATED ALWAYS AS (1 + 1) STORED,
            span int4range,
            boss_id integer REFERENCES people ON DELETE SET NULL,
            mentor_id integer REFERENCES people ON UPDATE CASCADE
          );
          COMMENT ON TABLE people IS 'Who: everybody';
          COMMENT ON COLUMN people.name IS 'As on # the passport';
          CREATE TABLE members (
            team integer, person_id integer REFERENCES people, PRIMARY KEY (team, person_id)
          );
          CREATE VIEW names AS SELECT id, name FROM people;
          CREATE FUNCTION greet(name text) RETURNS text LANGUAGE sql AS 'SELECT name'\
          """);
      List<String> schemas = List.of("public");
      String written =
          ModelFile.of(
              Existing.model(connection, schemas),
              Map.of(TableName.inDefaultSchema("names"), " SELECT id, name FROM people;"));
      assertThat(written)
          .isEqualTo(
              """
              enums:
                mood: [low, "on", "it's \\"high\\""]
              tables:
                members:
                  columns:
                    team: integer
                    person_id: integer
                  primary_key: [team, person_id]
                  foreign_keys:
                    - {name: members_person_id_fkey, columns: [person_id], references: people, target_columns: [id]}
                people:
                  comment: "Who: everybody"
                  columns:
                    id: {type: integer, primary_key: true, identity: true}
                    name: {type: text, default: {literal: "it's"}, comment: "As on # the passport"}
                    mood: {type: mood, default: {literal: low}}
                    moods: {type: "mood[]", nullable: true}
                    made: {type: timestamptz, default: now()}
                    token: {type: uuid, nullable: true, default: uuid()}
                    price: {type: "decimal(8,2)", nullable: true, default: {literal: "1.5"}}
                    left: {type: integer, nullable: true, default: {literal: "-3"}}
                    stamp: text?
                    # default of stamp: upper('x'::text)
                    awake: {type: boolean, nullable: true, default: true}
                    twice: {type: integer, nullable: true, generated: {postgres: "(1 + 1)"}}
                    span: {native: int4range, nullable: true}
                    boss_id: integer?
                    mentor_id: integer?
                  unique:
                    people_token_key: [token]
                  foreign_keys:
                    - {name: people_boss_id_fkey, columns: [boss_id], references: people, target_columns: [id], on_delete: set null}
                    - {name: people_mentor_id_fkey, columns: [mentor_id], references: people, target_columns: [id], on_update: cascade, inverse: people_by_mentor_id}
              views:
                names:
                  sql: {postgres: "SELECT id, name FROM people"}
                  columns:
                    id: integer?
                    name: text?
                  primary_key: [id]
              # The database's functions are not written:
              # - public.greet(name)
              """);
      Reading read = ModelReader.read("backend.yaml", written);
      assertThat(FaultPrinter.print(read.faults())).isEmpty();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(ExistingTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
