package dev.mainstay.testkit.leaks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the search knows of a table: its columns, and the ways to others.
///
/// @param key the primary key's columns
/// @param numbers columns of whole numbers, those of the key and the foreign keys among them
/// @param isView whether it is read only
record Desk(
    String name,
    List<String> key,
    List<String> numbers,
    List<String> texts,
    List<Way> ways,
    boolean isView) {

  /// A relation.
  ///
  /// @param target what an embed calls it
  /// @param policyName what a policy calls it, or null when policies do not follow it
  /// @param column the foreign key's column: here when `keyHere`, else over there; a junction has
  ///   none
  record Way(
      String target,
      @Nullable String policyName,
      String to,
      String column,
      boolean keyHere,
      boolean toOne) {}

  List<String> columns() {
    List<String> columns = new ArrayList<>(numbers);
    columns.addAll(texts);
    return columns;
  }

  /// The foreign keys of this table.
  List<Way> references() {
    return ways.stream().filter(Way::keyHere).toList();
  }

  boolean isNullable(String column) {
    return List.of("n", "parent_id", "folder_id").contains(column)
        || (name.equals("folders") && column.equals("team_id"));
  }

  private static Way one(String target, String policyName, String to, String column) {
    return new Way(target, policyName, to, column, true, true);
  }

  private static Way many(String target, String to, String column) {
    return new Way(target, target, to, column, false, false);
  }

  private static Way across(String target) {
    return new Way(target, null, target, "", false, false);
  }

  private static final List<String> OWNED = List.of("t", "owner");

  static final List<Desk> ALL =
      List.of(
          new Desk(
              "teams",
              List.of("id"),
              List.of("id", "k", "n", "parent_id"),
              OWNED,
              List.of(
                  one("parent_id", "parent", "teams", "parent_id"),
                  many("teams", "teams", "parent_id"),
                  many("members", "members", "team_id"),
                  many("folders", "folders", "team_id")),
              false),
          new Desk(
              "members",
              List.of("id"),
              List.of("id", "k", "n", "team_id"),
              OWNED,
              List.of(one("teams", "team", "teams", "team_id")),
              false),
          new Desk(
              "folders",
              List.of("id"),
              List.of("id", "k", "n", "team_id"),
              OWNED,
              List.of(
                  one("teams", "team", "teams", "team_id"),
                  many("docs", "docs", "folder_id"),
                  many("big_docs", "big_docs", "folder_id")),
              false),
          new Desk(
              "docs",
              List.of("id"),
              List.of("id", "k", "n", "folder_id", "parent_id"),
              OWNED,
              List.of(
                  one("folders", "folder", "folders", "folder_id"),
                  one("parent_id", "parent", "docs", "parent_id"),
                  many("docs", "docs", "parent_id"),
                  across("tags"),
                  many("doc_tags", "doc_tags", "doc_id"),
                  many("pages", "pages", "doc_id"),
                  new Way("covers", null, "covers", "doc_id", false, true)),
              false),
          new Desk(
              "tags",
              List.of("id"),
              List.of("id", "k", "n"),
              OWNED,
              List.of(across("docs"), many("doc_tags", "doc_tags", "tag_id")),
              false),
          new Desk(
              "doc_tags",
              List.of("doc_id", "tag_id"),
              List.of("doc_id", "tag_id", "k", "n"),
              OWNED,
              List.of(one("docs", "doc", "docs", "doc_id"), one("tags", "tag", "tags", "tag_id")),
              false),
          new Desk(
              "pages",
              List.of("id"),
              List.of("id", "k", "n", "doc_id"),
              OWNED,
              List.of(one("docs", "doc", "docs", "doc_id")),
              false),
          new Desk(
              "covers",
              List.of("doc_id"),
              List.of("doc_id", "k", "n"),
              OWNED,
              List.of(one("docs", "doc", "docs", "doc_id")),
              false),
          new Desk(
              "big_docs",
              List.of("id"),
              List.of("id", "k", "n", "folder_id"),
              OWNED,
              List.of(one("folders", "folder", "folders", "folder_id")),
              true));

  /// Those that requests write, in an office that is written.
  static final List<Desk> WRITTEN = ALL.subList(2, ALL.size() - 1);

  static Desk of(String name) {
    for (Desk desk : ALL) if (desk.name.equals(name)) return desk;
    throw new IllegalArgumentException(name);
  }
}
