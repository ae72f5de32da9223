package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A record shop for planner tests: artists with albums, albums with tags, employees who report to
/// each other.
///
/// `anon` may read artists of its own country, albums and employees, and nothing else;
/// `authenticated` may do everything with albums that are its own.
final class Shop {
  static final ColumnType INT = new ColumnType.Whole(32);
  static final ColumnType BIGINT = new ColumnType.Whole(64);
  static final ColumnType TEXT = new ColumnType.Text();
  static final ColumnType UUID = new ColumnType.Uuid();
  static final ColumnType PRICE = new ColumnType.Decimal(10, 2);

  static final TableName ARTISTS = TableName.inDefaultSchema("artists");
  static final TableName ALBUMS = TableName.inDefaultSchema("albums");
  static final TableName TAGS = TableName.inDefaultSchema("tags");
  static final TableName ALBUM_TAGS = TableName.inDefaultSchema("album_tags");
  static final TableName EMPLOYEES = TableName.inDefaultSchema("employees");
  static final TableName TOP = TableName.inDefaultSchema("top_albums");
  static final TableName KEYS = new TableName("mainstay", "api_keys");

  static final Filter FROM_HERE = equal("country", TEXT, new Expr.Claim(List.of("country"), TEXT));
  static final Filter OWN = equal("owner_id", UUID, new Expr.Claim(List.of("sub"), UUID));
  static final Filter TAGGED = equal("hidden", new ColumnType.Bool(), literalFalse());

  static final Caller ANON = new Caller.Outside("anon", Claims.NONE);
  static final String UID = "6b2f0c8e-1f0e-4a61-9f4f-6d2a2f6c9a01";
  static final Caller USER =
      new Caller.Outside(
          "authenticated", new Claims(Map.of("sub", UID), "{\"sub\":\"" + UID + "\"}"));
  static final Caller SERVICE = new Caller.Outside("service_role", Claims.NONE);

  private Shop() {}

  static Planner planner() {
    return planner(new Limits(1000L, false));
  }

  static Planner planner(Limits limits) {
    return new Planner(
        new Catalog(model(), rules()),
        limits,
        InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")),
        new SplittableRandom(7));
  }

  static Expr.Column here(String name, ColumnType type) {
    return new Expr.Column(0, name, type);
  }

  static Filter equal(String column, ColumnType type, Expr right) {
    return new Filter.Test(here(column, type), Operator.EQ, Quantifier.ONE, right);
  }

  private static Expr literalFalse() {
    return new Expr.Literal(new Value.Bool(false), new ColumnType.Bool());
  }

  private static Rules rules() {
    Guard readOnly = new Guard(Filter.TRUE, Filter.FALSE, Filter.FALSE, Filter.FALSE, Filter.FALSE);
    return new Rules(
        Map.of(
            ARTISTS, Map.of("anon", reading(FROM_HERE)),
            ALBUMS,
                Map.of(
                    "anon", readOnly, "authenticated", new Guard(Filter.TRUE, OWN, OWN, OWN, OWN)),
            ALBUM_TAGS, Map.of("anon", reading(TAGGED)),
            TAGS, Map.of("anon", readOnly),
            EMPLOYEES, Map.of("anon", readOnly),
            TOP, Map.of("anon", readOnly)),
        Map.of(),
        Map.of());
  }

  private static Guard reading(Filter filter) {
    return new Guard(filter, Filter.FALSE, Filter.FALSE, Filter.FALSE, Filter.FALSE);
  }

  private static Model model() {
    return new Model(
        List.of(
            table(
                ARTISTS,
                List.of("id"),
                List.of(),
                identity("id", true),
                plain("name", TEXT),
                plain("country", TEXT),
                new Column(
                    "iban", TEXT, true, new Fill.Nothing(), List.of("anon"), List.of(), null)),
            table(
                ALBUMS,
                List.of("id"),
                List.of(key("albums", "artist_id", ARTISTS), key("albums", "label_id", ARTISTS)),
                identity("id", false),
                plain("title", TEXT),
                plain("artist_id", INT),
                plain("label_id", INT),
                plain("price", PRICE),
                new Column("owner_id", UUID, true, new Fill.AuthUid(), List.of(), List.of(), null),
                new Column("ref", UUID, false, new Fill.OrderedUuid(), List.of(), List.of(), null),
                new Column(
                    "plays",
                    INT,
                    false,
                    new Fill.Literal("0"),
                    List.of(),
                    List.of("authenticated"),
                    null),
                new Column(
                    "slug",
                    TEXT,
                    true,
                    new Fill.Generated(SqlText.everywhere("lower(title)")),
                    List.of(),
                    List.of(),
                    null)),
            table(TAGS, List.of("id"), List.of(), plain("id", INT), plain("name", TEXT)),
            table(
                ALBUM_TAGS,
                List.of("album_id", "tag_id"),
                List.of(key("album_tags", "album_id", ALBUMS), key("album_tags", "tag_id", TAGS)),
                plain("album_id", INT),
                plain("tag_id", INT),
                plain("hidden", new ColumnType.Bool())),
            table(
                EMPLOYEES,
                List.of("id"),
                List.of(key("employees", "reports_to", EMPLOYEES)),
                plain("id", INT),
                plain("name", TEXT),
                plain("reports_to", INT)),
            view(TOP, plain("id", INT), plain("title", TEXT)),
            table(KEYS, List.of("id"), List.of(), plain("id", INT))),
        List.of(),
        List.of(Role.ANON, Role.AUTHENTICATED, Role.SERVICE));
  }

  private static Column plain(String name, ColumnType type) {
    return new Column(name, type, false, new Fill.Nothing(), List.of(), List.of(), null);
  }

  private static Column identity(String name, boolean always) {
    return new Column(name, INT, false, new Fill.Identity(always), List.of(), List.of(), null);
  }

  private static ForeignKey key(String table, String column, TableName target) {
    return new ForeignKey(
        table + "_" + column + "_fkey",
        List.of(column),
        target,
        List.of("id"),
        OnChange.NO_ACTION,
        OnChange.NO_ACTION,
        column.replace("_id", ""),
        table);
  }

  private static Table table(
      TableName name, List<String> primaryKey, List<ForeignKey> foreignKeys, Column... columns) {
    return new Table(
        name,
        new Table.Origin.Stored(),
        List.of(columns),
        primaryKey,
        List.of(),
        foreignKeys,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        Position.NONE);
  }

  private static Table view(TableName name, Column... columns) {
    return new Table(
        name,
        new Table.Origin.View(SqlText.everywhere("select id, title from albums")),
        List.of(columns),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        Position.NONE);
  }
}
