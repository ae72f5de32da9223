package dev.mainstay.sql;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Where.test;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Callers;
import java.util.List;
import java.util.Map;

/// A table that grows, with an index for each way it is read, and pages of it.
///
/// Of `rows` things, thing `i` has the number `i * 7919 % rows`, so a range of numbers is scattered
/// over the table. Every thousandth belongs to the owner of [#OWNED], every tenth to a team of the
/// member of [#MEMBERED]; those from the middle on have two parts each.
public final class Things {
  public static final String MODEL =
      """
      roles: [member]
      tables:
        kinds:
          columns:
            id: {type: integer, primary_key: true}
            name: text
          policies:
            read: 'true'
        teams:
          columns:
            id: {type: integer, primary_key: true}
        members:
          columns:
            team_id: {type: integer, references: teams}
            user_id: uuid
          primary_key: [team_id, user_id]
        things:
          columns:
            id: {type: integer, primary_key: true}
            n: integer
            owner_id: uuid
            team_id: {type: integer, references: teams}
            kind_id: {type: integer, references: kinds}
            title: text
          indexes:
            - [n]
            - [owner_id, n]
          policies:
            read:
              authenticated: row.owner_id == auth.uid
              member: row.team.members.exists(m, m.user_id == auth.uid)
        parts:
          columns:
            id: {type: integer, primary_key: true}
            thing_id: {type: integer, references: things}
            name: text
          indexes:
            - [thing_id]
          policies:
            read: 'true'
      """;

  public static final Caller OWNED = Callers.user("00000007-0000-4000-8000-000000000000");
  public static final Caller MEMBERED =
      Callers.outside(
          "member", Map.of("role", "member", "sub", "00000007-0000-4000-8000-000000000000"));

  /// Twenty rows of the things.
  ///
  /// @param column the ordered key they are a range of
  public record Page(String name, Caller caller, String column, Ask ask) {
    public Ask from(long first) {
      return ask.where(test(column, Operator.GE, "" + first)).order(asc(column)).limit(20);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static final List<Page> PAGES =
      List.of(
          new Page("by the key", Callers.SERVICE, "id", of("id", "title")),
          new Page("by an indexed column", Callers.SERVICE, "n", of("id", "n", "title")),
          new Page("under a policy on the owner", OWNED, "n", of("id", "n", "title")),
          new Page("under a policy through a junction", MEMBERED, "n", of("id", "n", "title")),
          new Page(
              "with a to-one and a to-many embed",
              OWNED,
              "n",
              of("id", "title")
                  .embed("kinds", of("name"))
                  .embed("parts", of("name").order(asc("id")).limit(3))));

  private Things() {}

  /// Statements that fill the tables.
  ///
  /// @param series a query of the numbers from 1 to its `%d`, named `i`
  /// @param uuid the UUID that begins with the number in its `%s`
  public static List<String> rows(int rows, String series, String uuid) {
    return List.of(
        "INSERT INTO kinds SELECT i, 'kind ' || i" + from(series, 10),
        "INSERT INTO teams SELECT i" + from(series, 100),
        "INSERT INTO members SELECT i * 10, " + uuid.formatted("7") + from(series, 10),
        "INSERT INTO things SELECT i, CAST(i AS bigint) * 7919 % "
            + rows
            + ", "
            + uuid.formatted("i % 1000")
            + ", i % 100 + 1, i % 10 + 1, 'thing ' || i"
            + from(series, rows),
        "INSERT INTO parts SELECT i, "
            + rows / 2
            + " + (i + 1) / 2, 'part ' || i"
            + from(series, Math.min(10_000, rows / 2)));
  }

  private static String from(String series, int count) {
    return " FROM (" + series.formatted(count) + ") AS s";
  }
}
