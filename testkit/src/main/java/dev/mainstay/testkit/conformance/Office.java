package dev.mainstay.testkit.conformance;

import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Documents of two owners, all tangled up, twice: with every row, and with those alone that `a`
/// may read.
///
/// Where a visible row refers to one that is not, the second database has null; so no request of
/// `a` that leaves those columns alone may be answered differently by the two.
final class Office {
  static final String MODEL =
      """
      tables:
        folders:
          columns:
            id: {type: integer, primary_key: true}
            owner: text
            t: text
            n: {type: integer, nullable: true}
          policies:
            read: row.owner == auth.uid
            update: row.owner == auth.uid
            delete: row.owner == auth.uid
        docs:
          columns:
            id: {type: integer, primary_key: true}
            owner: text
            t: text
            n: {type: integer, nullable: true}
            folder_id: {type: integer, nullable: true, references: folders, on_delete: set null}
            parent_id: {type: integer, nullable: true, references: docs, on_delete: set null}
          policies:
            read: row.owner == auth.uid || row.folder.owner == auth.uid
            update: row.owner == auth.uid
            delete: row.owner == auth.uid
        tags:
          columns:
            id: {type: integer, primary_key: true}
            owner: text
            t: text
            n: {type: integer, nullable: true}
          policies:
            read: row.owner == auth.uid
            delete: row.owner == auth.uid
        doc_tags:
          columns:
            doc_id: {type: integer, references: docs, on_delete: cascade}
            tag_id: {type: integer, references: tags, on_delete: cascade}
            n: {type: integer, nullable: true}
          primary_key: [doc_id, tag_id]
          policies:
            read: row.doc.owner == auth.uid && row.tag.owner == auth.uid
            delete: row.doc.owner == auth.uid
        pages:
          columns:
            id: {type: integer, primary_key: true}
            doc_id: {type: integer, references: docs, on_delete: cascade}
            owner: text
            t: text
            n: {type: integer, nullable: true}
          policies:
            read: row.owner == auth.uid && row.doc.owner == auth.uid
            update: 'true'
            delete: 'true'
        covers:
          columns:
            doc_id: {type: integer, primary_key: true, references: docs, on_delete: cascade}
            t: text
            n: {type: integer, nullable: true}
          policies:
            read: row.doc.owner == auth.uid
            delete: row.doc.owner == auth.uid
      """;

  /// By table: the columns a request may speak of, and the relations it may follow.
  static final Map<String, Desk> TABLES =
      Map.of(
          "folders", new Desk(List.of("id", "n"), List.of("t", "owner"), Map.of("docs", "docs")),
          "docs",
              new Desk(
                  List.of("id", "n"),
                  List.of("t", "owner"),
                  Map.of(
                      "folders", "folders",
                      "parent_id", "docs",
                      "docs", "docs",
                      "tags", "tags",
                      "pages", "pages",
                      "covers", "covers",
                      "doc_tags", "doc_tags")),
          "tags",
              new Desk(
                  List.of("id", "n"),
                  List.of("t", "owner"),
                  Map.of("docs", "docs", "doc_tags", "doc_tags")),
          "doc_tags",
              new Desk(
                  List.of("doc_id", "tag_id", "n"),
                  List.of(),
                  Map.of("docs", "docs", "tags", "tags")),
          "pages",
              new Desk(List.of("id", "doc_id", "n"), List.of("t", "owner"), Map.of("docs", "docs")),
          "covers", new Desk(List.of("doc_id", "n"), List.of("t"), Map.of("docs", "docs")));

  private Office() {}

  /// @param relations by the name an embed uses, the table it leads to
  record Desk(List<String> numbers, List<String> texts, Map<String, String> relations) {
    /// The table that an embed of that name leads to.
    String to(String relation) {
      return Objects.requireNonNull(relations.get(relation));
    }
  }

  static Desk desk(String table) {
    return Objects.requireNonNull(TABLES.get(table));
  }

  private record Folder(int id, String owner) {}

  private record Doc(int id, String owner, @Nullable Integer folder, @Nullable Integer parent) {}

  private record Page(int id, int doc, String owner) {}

  /// @param whole whether the rows that `a` may not read are there
  static Backend open(EngineUnderTest engine, long seed, boolean whole) {
    Random random = new Random(seed);
    Backend backend = Backend.open(engine, MODEL);

    List<String> folders = new ArrayList<>();
    List<Folder> allFolders = new ArrayList<>();
    for (int id = 1; id <= 6; id++) {
      Folder folder = new Folder(id, owner(random));
      allFolders.add(folder);
      String row = row(random, "\"id\":%d,\"owner\":\"%s\"".formatted(id, folder.owner));
      if (whole || folder.owner.equals("a")) folders.add(row);
    }
    backend.seed("folders", array(folders));

    List<Doc> docs = new ArrayList<>();
    List<String> docRows = new ArrayList<>();
    for (int id = 1; id <= 24; id++) {
      @Nullable Integer folder = random.nextInt(3) == 0 ? null : (Integer) (1 + random.nextInt(6));
      @Nullable Integer parent =
          id == 1 || random.nextBoolean() ? null : (Integer) (1 + random.nextInt(id - 1));
      Doc doc = new Doc(id, owner(random), folder, parent);
      docs.add(doc);
      boolean visible = visible(doc, allFolders);
      boolean folderThere =
          folder != null && (whole || allFolders.get(folder - 1).owner.equals("a"));
      boolean parentThere = parent != null && (whole || visible(docs.get(parent - 1), allFolders));
      String row =
          row(
              random,
              "\"id\":%d,\"owner\":\"%s\",\"folder_id\":%s,\"parent_id\":%s"
                  .formatted(
                      id, doc.owner, folderThere ? folder : null, parentThere ? parent : null));
      if (whole || visible) docRows.add(row);
    }
    backend.seed("docs", array(docRows));

    List<String> tagOwners = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (int id = 1; id <= 8; id++) {
      tagOwners.add(owner(random));
      String row = row(random, "\"id\":%d,\"owner\":\"%s\"".formatted(id, tagOwners.getLast()));
      if (whole || tagOwners.getLast().equals("a")) tags.add(row);
    }
    backend.seed("tags", array(tags));

    List<String> pages = new ArrayList<>();
    for (int id = 1; id <= 50; id++) {
      Page page = new Page(id, 1 + random.nextInt(24), owner(random));
      boolean visible = page.owner.equals("a") && docs.get(page.doc - 1).owner.equals("a");
      String row =
          row(
              random,
              "\"id\":%d,\"doc_id\":%d,\"owner\":\"%s\"".formatted(id, page.doc, page.owner));
      if (whole || visible) pages.add(row);
    }
    backend.seed("pages", array(pages));

    List<String> junctions = new ArrayList<>();
    List<String> covers = new ArrayList<>();
    for (Doc doc : docs) {
      for (int tag = 1; tag <= 8; tag++) {
        if (random.nextInt(4) != 0) continue;
        boolean visible = doc.owner.equals("a") && tagOwners.get(tag - 1).equals("a");
        String row =
            "{\"doc_id\":%d,\"tag_id\":%d,\"n\":%d}".formatted(doc.id, tag, random.nextInt(5));
        if (whole || visible) junctions.add(row);
      }
      String cover = row(random, "\"doc_id\":%d".formatted(doc.id));
      if (random.nextBoolean() && (whole || doc.owner.equals("a"))) covers.add(cover);
    }
    return backend.seed("doc_tags", array(junctions)).seed("covers", array(covers));
  }

  private static boolean visible(Doc doc, List<Folder> folders) {
    return doc.owner.equals("a")
        || (doc.folder != null && folders.get(doc.folder - 1).owner.equals("a"));
  }

  private static String owner(Random random) {
    return random.nextBoolean() ? "a" : "b";
  }

  private static String row(Random random, String keys) {
    String n = random.nextInt(6) == 0 ? "null" : "" + random.nextInt(10);
    return "{%s,\"t\":\"%s\",\"n\":%s}".formatted(keys, text(random), n);
  }

  static String text(Random random) {
    return "xyz".charAt(random.nextInt(3)) + "" + random.nextInt(4);
  }

  private static String array(List<String> rows) {
    return "[" + String.join(",", rows) + "]";
  }
}
