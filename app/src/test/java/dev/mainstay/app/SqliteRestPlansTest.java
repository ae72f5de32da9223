package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.EngineUnderTest;
import org.junit.jupiter.api.Test;

class SqliteRestPlansTest extends RestPlans {
  @Override
  protected EngineUnderTest engine() {
    return new OnSqlite();
  }

  @Test
  void drawsThePlanOfAQuery() {
    assertThat(ask("GET", "/genres?id=eq.1&select=id,album_genres(album_id)", PLAN, "").body())
        .isEqualTo(
            """
            QUERY PLAN
            |--SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)
            `--CORRELATED SCALAR SUBQUERY 2
               |--CO-ROUTINE (subquery-1)
               |  `--SCAN t1
               `--SCAN (subquery-1)
            """);
  }

  @Test
  void drawsThePlanOfAFunction() {
    assertThat(ask("POST", "/rpc/forget", PLAN, "{\"id\":1}").body())
        .startsWith("QUERY PLAN\n|--SEARCH playlists USING INTEGER PRIMARY KEY (rowid=?)\n");
  }

  @Test
  void saysThatItHasNoMoreToTell() {
    refused(
        ask("GET", "/genres", PLAN + "; options=wal|analyze|verbose", ""),
        "options=analyze|verbose|wal of a plan on SQLite");
    refused(
        ask("POST", "/playlists", PLAN, "{\"name\":\"new\"}"), "the plan of an insert on SQLite");
  }
}
