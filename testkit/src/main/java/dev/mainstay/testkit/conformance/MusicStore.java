package dev.mainstay.testkit.conformance;

import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;

/// A small music store with a relation of every kind, and no policies.
final class MusicStore {
  private static final String MODEL =
      """
      tables:
        artists:
          columns:
            id: {type: bigint, primary_key: true}
            name: text
        albums:
          columns:
            id: {type: bigint, primary_key: true}
            title: text
            artist_id: {type: bigint, nullable: true, references: artists}
            producer_id: {type: bigint, nullable: true, references: artists, inverse: produced}
        tracks:
          columns:
            id: {type: bigint, primary_key: true}
            album_id: {type: bigint, references: albums}
            name: text
            seconds: {type: integer, nullable: true}
        profiles:
          columns:
            artist_id: {type: bigint, primary_key: true, references: artists}
            bio: text
        tags:
          columns:
            id: {type: bigint, primary_key: true}
            name: text
        album_tags:
          columns:
            album_id: {type: bigint, references: albums}
            tag_id: {type: bigint, references: tags}
          primary_key: [album_id, tag_id]
        tag_notes:
          columns:
            id: {type: bigint, primary_key: true}
            album_id: {type: bigint, nullable: true}
            tag_id: {type: bigint, nullable: true}
            note: text
          foreign_keys:
            - {columns: [album_id, tag_id], references: album_tags}
        employees:
          columns:
            id: {type: bigint, primary_key: true}
            name: text
            boss_id: {type: bigint, nullable: true, references: employees}
      """;

  private MusicStore() {}

  static Backend open(EngineUnderTest engine) {
    return Backend.open(engine, MODEL)
        .seed(
            "artists",
            """
            [{"id":1,"name":"Ada"},{"id":2,"name":"Bob"},{"id":3,"name":"Cyd"}]""")
        .seed(
            "albums",
            """
            [{"id":1,"title":"One","artist_id":1,"producer_id":2},{"id":2,"title":"Two","artist_id":1},
             {"id":3,"title":"Three","artist_id":2,"producer_id":2},{"id":4,"title":"Four"}]""")
        .seed(
            "tracks",
            """
            [{"id":1,"album_id":1,"name":"a","seconds":100},{"id":2,"album_id":1,"name":"b","seconds":200},
             {"id":3,"album_id":1,"name":"c"},{"id":4,"album_id":2,"name":"d","seconds":50},
             {"id":5,"album_id":3,"name":"e","seconds":300}]""")
        .seed("profiles", "{\"artist_id\":1,\"bio\":\"born 1815\"}")
        .seed(
            "tags",
            """
            [{"id":1,"name":"rock"},{"id":2,"name":"jazz"},{"id":3,"name":"folk"}]""")
        .seed(
            "album_tags",
            """
            [{"album_id":1,"tag_id":1},{"album_id":1,"tag_id":2},{"album_id":3,"tag_id":2}]""")
        .seed(
            "tag_notes",
            """
            [{"id":1,"album_id":1,"tag_id":1,"note":"loud"},{"id":2,"album_id":3,"tag_id":2,"note":"blue"},
             {"id":3,"album_id":3,"tag_id":2,"note":"slow"},{"id":4,"album_id":3,"note":"none"}]""")
        .seed(
            "employees",
            """
            [{"id":1,"name":"Root"},{"id":2,"name":"Mid","boss_id":1},{"id":3,"name":"Leaf","boss_id":2},
             {"id":4,"name":"Twig","boss_id":2}]""");
  }
}
