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

  /// What stands between the words of a text is made a space beforehand, so that the words are
  /// those of every engine and none is taken for a file name, an address or a number with a sign.
  static String column(Table.Search document) {
    List<String> texts =
        document.columns().stream().map(c -> "coalesce(" + Types.quoted(c) + ", '')").toList();
    return "%s tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector(%s, regexp_replace(lower(left(%s, %d) COLLATE \"und-x-icu\"), %s, ' ', 'g'))) STORED"
        .formatted(
            Types.quoted(document.name()),
            configuration(document),
            String.join(" || ' ' || ", texts),
            Words.LONGEST_TEXT,
            Types.text("[" + Words.separatorClass() + "]+"));
  }

  static String index(String table, Table.Search document) {
    return "CREATE INDEX ON " + table + " USING gin (" + Types.quoted(document.name()) + ")";
  }
}
