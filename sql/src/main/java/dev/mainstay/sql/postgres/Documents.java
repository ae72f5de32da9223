package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Table;
import dev.mainstay.core.search.Words;
import java.util.List;

/// A search document in PostgreSQL: a generated column of type `tsvector`, which the model does not
/// know as a column, and a GIN index over it.
///
/// The column is stored, not only indexed: wherever another index finds the rows, they are still
/// looked at without taking their texts apart again.
final class Documents {
  private Documents() {}

  static String configuration(Table.Search document) {
    return Types.text("pg_catalog." + document.language()) + "::regconfig";
  }

  static String column(Table.Search document) {
    return "%s tsvector NOT NULL GENERATED ALWAYS AS (%s) STORED"
        .formatted(Types.quoted(document.name()), vector(document, ""));
  }

  /// What stands between the words of a text is made a space beforehand, so that the words are
  /// those of every engine and none is taken for a file name, an address or a number with a sign.
  ///
  /// @param row what comes before each column's name
  static String vector(Table.Search document, String row) {
    List<String> texts =
        document.columns().stream()
            .map(column -> "coalesce(" + row + Types.quoted(column) + ", '')")
            .toList();
    return "to_tsvector(%s, regexp_replace(lower(left(%s, %d) COLLATE \"und-x-icu\"), %s, ' ', 'g'))"
        .formatted(
            configuration(document),
            String.join(" || ' ' || ", texts),
            Words.LONGEST_TEXT,
            Types.text("[" + Words.separatorClass() + "]+"));
  }

  static String index(String table, Table.Search document) {
    return "CREATE INDEX ON " + table + " USING gin (" + Types.quoted(document.name()) + ")";
  }
}
