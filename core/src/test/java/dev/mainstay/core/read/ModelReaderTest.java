package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {
  private static final ColumnType.Enumerated MOOD =
      new ColumnType.Enumerated("mood", List.of("sad", "ok", "happy"));

  @Test
  void readsAWholeModel() {
    Reading reading =
        ModelReader.read(
            "backend.yaml",
            """
            roles: [editor]
            enums:
              mood: [sad, ok, happy]
            tables:
              artists:
                columns:
                  id: {type: integer, identity: true, primary_key: true}
                  name: varchar(120)
                  mood: mood?
              albums:
                comment: Records of music.
                columns:
                  id: {type: bigint, identity: always}
                  title: {type: text, comment: As printed, read_only_for: anon}
                  artist_id: {references: artists, on_delete: cascade}
                  tags: {type: "text[]", default: []}
                  price: {type: "decimal(10,2)", default: 0.99, hidden_from: [anon, editor]}
                  added_at: {type: timestamptz, default: now()}
                  label: {type: text, default: {literal: now()}, nullable: true}
                  search: {native: tsvector, generated: {postgres: to_tsvector(title)}}
                primary_key: id
                unique: [[artist_id, title]]
                checks: {price: row.price >= 0.0}
                indexes: [title, {columns: [artist_id, added_at desc], where: row.price > 1.0}]
                policies:
                  read: true
                  insert: {authenticated: auth.uid != null, "editor, anon": new.title != ''}
                  delete: {everyone: [a, b]}
                seed: [seeds/albums.csv]
            views:
              titles:
                sql: {sqlite: select 1 as n, postgres: select 2 as n}
                columns: {n: "integer?"}
                policies: {read: {anon: true}}
            """);
    assertThat(reading.faults()).isEmpty();
    assertThat(reading.orThrow())
        .isEqualTo(
            new Model(
                List.of(artists(), albums(), titles()),
                List.of(MOOD),
                List.of(Role.ANON, Role.AUTHENTICATED, Role.SERVICE, new Role("editor", false))));
  }

  private static Table artists() {
    return new Table(
        TableName.inDefaultSchema("artists"),
        new Table.Origin.Stored(),
        List.of(
            column("id", new ColumnType.Whole(32), new Fill.Identity(false)),
            column("name", new ColumnType.Varchar(120), new Fill.Nothing()),
            new Column("mood", MOOD, true, new Fill.Nothing(), List.of(), List.of(), null)),
        List.of("id"),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        at(5, 3));
  }

  private static Table albums() {
    return new Table(
        TableName.inDefaultSchema("albums"),
        new Table.Origin.Stored(),
        List.of(
            column("id", new ColumnType.Whole(64), new Fill.Identity(true)),
            new Column(
                "title",
                new ColumnType.Text(),
                false,
                new Fill.Nothing(),
                List.of(),
                List.of("anon"),
                "As printed"),
            column("artist_id", new ColumnType.Whole(32), new Fill.Nothing()),
            column("tags", new ColumnType.ArrayOf(new ColumnType.Text()), new Fill.Literal("{}")),
            new Column(
                "price",
                new ColumnType.Decimal(10, 2),
                false,
                new Fill.Literal("0.99"),
                List.of("anon", "editor"),
                List.of(),
                null),
            column("added_at", new ColumnType.TimestampTz(), new Fill.Now()),
            new Column(
                "label",
                new ColumnType.Text(),
                true,
                new Fill.Literal("now()"),
                List.of(),
                List.of(),
                null),
            column(
                "search",
                new ColumnType.Native("tsvector"),
                new Fill.Generated(new SqlText(null, Map.of("postgres", "to_tsvector(title)"))))),
        List.of("id"),
        List.of(new Table.Unique("albums_artist_id_title_key", List.of("artist_id", "title"))),
        List.of(
            new ForeignKey(
                "albums_artist_id_fkey",
                List.of("artist_id"),
                TableName.inDefaultSchema("artists"),
                List.of("id"),
                OnChange.CASCADE,
                OnChange.NO_ACTION,
                "artist",
                "albums")),
        List.of(new Table.Check("albums_price_check", new Cel("row.price >= 0.0", at(23, 21)))),
        List.of(
            new Index("albums_title_idx", List.of(new Index.Part("title", false)), false, null),
            new Index(
                "albums_artist_id_added_at_idx",
                List.of(new Index.Part("artist_id", false), new Index.Part("added_at", true)),
                false,
                new Cel("row.price > 1.0", at(24, 67)))),
        List.of(),
        List.of(
            new Policy(Action.READ, List.of(), new Cel("true", at(26, 13))),
            new Policy(
                Action.INSERT, List.of("authenticated"), new Cel("auth.uid != null", at(27, 31))),
            new Policy(
                Action.INSERT, List.of("editor", "anon"), new Cel("new.title != ''", at(27, 65))),
            new Policy(Action.DELETE, List.of(), new Cel("a", at(28, 27))),
            new Policy(Action.DELETE, List.of(), new Cel("b", at(28, 30)))),
        List.of(new Table.Seed("seeds/albums.csv", at(29, 12))),
        "Records of music.",
        at(10, 3));
  }

  private static Table titles() {
    return new Table(
        TableName.inDefaultSchema("titles"),
        new Table.Origin.View(
            new SqlText(null, Map.of("sqlite", "select 1 as n", "postgres", "select 2 as n"))),
        List.of(
            new Column(
                "n",
                new ColumnType.Whole(32),
                true,
                new Fill.Nothing(),
                List.of(),
                List.of(),
                null)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Policy(Action.READ, List.of("anon"), new Cel("true", at(34, 29)))),
        List.of(),
        null,
        at(31, 3));
  }

  private static Column column(String name, ColumnType type, Fill fill) {
    return new Column(name, type, false, fill, List.of(), List.of(), null);
  }

  private static Position at(int line, int column) {
    return new Position("backend.yaml", line, column);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "boolean              | boolean",
        "smallint             | smallint",
        "integer              | integer",
        "bigint               | bigint",
        "real                 | real",
        "double               | double precision",
        "decimal(10,2)        | numeric(10,2)",
        "decimal( 38 , 0 )    | numeric(38,0)",
        "decimal(7)           | numeric(7,0)",
        "text                 | text",
        "varchar(1)           | character varying(1)",
        "uuid                 | uuid",
        "date                 | date",
        "time                 | time without time zone",
        "timestamp            | timestamp without time zone",
        "timestamptz          | timestamp with time zone",
        "interval             | interval",
        "json                 | jsonb",
        "bytea                | bytea",
        "mood                 | mood",
        "mood[]               | mood[]",
        "decimal(4,1)[]       | numeric(4,1)[]",
      })
  void readsTypes(String written, String type) {
    Reading reading =
        ModelReader.read(
            "backend.yaml",
            "enums: {mood: [a]}\n"
                + "tables: {t: {primary_key: c, columns: {c: '"
                + written
                + "', d: '"
                + written
                + " ?'}}}");
    assertThat(reading.faults()).isEmpty();
    assertThat(reading.model().tables().getFirst().columns())
        .extracting(c -> c.type().toString(), Column::nullable)
        .containsExactly(tuple(type, false), tuple(type, true));
  }
}
