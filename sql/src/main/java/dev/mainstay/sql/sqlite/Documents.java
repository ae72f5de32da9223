package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.search.Language;
import dev.mainstay.core.search.Lexemes;
import dev.mainstay.core.search.SearchQuery;
import dev.mainstay.core.search.SearchReader;
import dev.mainstay.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A search document in SQLite: an FTS5 table of the lexemes of each row, without their places,
/// kept in step by triggers.
///
/// The FTS5 table answers which rows have which lexemes. A query that also asks where they stand is
/// answered exactly by [Lexemes] on the rows that it leaves. FTS5 itself takes no text apart: words
/// and stems are ours, so that they are those of every engine.
final class Documents {
  /// A separator, so never a word: every row has it, for a query that says only what must not be
  /// there.
  private static final String EVERY_ROW = "\u00b7";

  private static final String NOTHING = "\"" + EVERY_ROW + "\" NOT \"" + EVERY_ROW + "\"";

  static void addTo(Connection connection) throws SQLException {
    HostFunctions.add(
        connection, "ms_lexemes", 2, given -> lexemes(language(given.text(0)), given.text(1)));
    HostFunctions.add(connection, "ms_search_index", 2, new Compiled(Documents::index));
    HostFunctions.add(connection, "ms_search_text", 3, new Compiled(Documents::holds));
    HostFunctions.add(connection, "ms_search_match", 3, new Compiled(Documents::matches));
  }

  /// The FTS5 table's name in the file.
  static String name(Table table, Table.Search document) {
    return "mainstay.search." + table.name() + "." + document.name();
  }

  static List<String> ddl(Table table, Table.Search document) {
    String fts = quoted(name(table, document));
    String on = quoted(SqliteDialect.plainName(table.name()));
    String key = rowNumber(table);
    String all = "(rowid, lexemes) VALUES (new." + key + ", " + indexed(document, "new.") + ")";
    return List.of(
        "CREATE VIRTUAL TABLE %s USING fts5(lexemes, content='', contentless_delete=1, detail=none, tokenize='ascii')"
            .formatted(fts),
        "CREATE TRIGGER %s AFTER INSERT ON %s BEGIN INSERT INTO %s%s; END"
            .formatted(quoted(name(table, document) + ".insert"), on, fts, all),
        "CREATE TRIGGER %s AFTER DELETE ON %s BEGIN DELETE FROM %s WHERE rowid = old.%s; END"
            .formatted(quoted(name(table, document) + ".delete"), on, fts, key),
        "CREATE TRIGGER %s AFTER UPDATE ON %s WHEN %s BEGIN DELETE FROM %s WHERE rowid = old.%s; INSERT INTO %s%s; END"
            .formatted(
                quoted(name(table, document) + ".update"),
                on,
                changed(document, key),
                fts,
                key,
                fts,
                all));
  }

  /// Fills the document of a table that has rows already.
  static String fill(Table table, Table.Search document) {
    return "INSERT INTO %s(rowid, lexemes) SELECT %s, %s FROM %s"
        .formatted(
            quoted(name(table, document)),
            rowNumber(table),
            indexed(document, ""),
            quoted(SqliteDialect.plainName(table.name())));
  }

  /// The names of the triggers that keep it in step.
  static List<String> triggers(Table table, Table.Search document) {
    String name = name(table, document);
    return List.of(name + ".insert", name + ".delete", name + ".update");
  }

  static Sql finds(String alias, Table table, Table.Search document, Sql query) {
    String row = alias.isEmpty() ? "" : alias + ".";
    String fts = quoted(name(table, document));
    Sql language = Sql.raw(SqliteDialect.text(document.language()));
    return Sql.of(
        "{} IN (SELECT rowid FROM {} WHERE {} MATCH ms_search_index({}, {})) AND ms_search_text({},"
            + " {}, {})",
        Sql.raw(row + rowNumber(table)),
        Sql.raw(fts),
        Sql.raw(fts),
        language,
        query,
        language,
        query,
        Sql.raw(text(document, row)));
  }

  static Sql matches(String alias, Table.Search document, Sql query) {
    return Sql.of(
        "ms_search_match({}, {}, {})",
        Sql.raw(SqliteDialect.text(document.language())),
        query,
        Sql.raw(text(document, alias.isEmpty() ? "" : alias + ".")));
  }

  /// The row's number in the file: its key when that is a whole number, else the number SQLite
  /// gives it, under a name that no column takes. VACUUM keeps it, for a table with an index.
  private static String rowNumber(Table table) {
    List<String> key = table.primaryKey();
    if (key.size() == 1
        && Objects.requireNonNull(table.column(key.getFirst())).type() instanceof ColumnType.Whole)
      return quoted(key.getFirst());
    for (String name : List.of("rowid", "_rowid_", "oid"))
      if (table.columns().stream().noneMatch(c -> c.name().toLowerCase(Locale.ROOT).equals(name)))
        return name;
    throw new IllegalStateException("all names of the row number are taken in " + table.name());
  }

  private static String indexed(Table.Search document, String row) {
    return "ms_lexemes("
        + SqliteDialect.text(document.language())
        + ", "
        + text(document, row)
        + ")";
  }

  private static String text(Table.Search document, String row) {
    List<String> texts =
        document.columns().stream().map(c -> "coalesce(" + row + quoted(c) + ", '')").toList();
    return String.join(" || ' ' || ", texts);
  }

  private static String changed(Table.Search document, String key) {
    StringBuilder changed = new StringBuilder("old." + key + " <> new." + key);
    for (String column : document.columns())
      changed
          .append(" OR old.")
          .append(quoted(column))
          .append(" IS NOT new.")
          .append(quoted(column));
    return changed.toString();
  }

  private static String quoted(String name) {
    return new SqliteDialect().quote(name).text();
  }

  private static String lexemes(Language language, String text) {
    return EVERY_ROW + " " + String.join(" ", Lexemes.of(language, text).all());
  }

  private static Language language(String name) {
    return Objects.requireNonNull(Language.named(name), name);
  }

  private static @Nullable SearchQuery query(Language language, String text) {
    SearchQuery query = SearchReader.read(Grammar.OPERATORS, text);
    return query == null ? null : language.lexemes(query);
  }

  private static Answer index(Language language, String text) {
    SearchQuery query = query(language, text);
    String match = query == null ? NOTHING : match(query);
    return given -> match;
  }

  private static Answer holds(Language language, String text) {
    SearchQuery query = query(language, text);
    if (query == null || !query.hasPhrase()) return given -> 1L;
    return given -> Lexemes.of(language, given.text(2)).match(query) ? 1L : 0L;
  }

  private static Answer matches(Language language, String text) {
    SearchQuery query = query(language, text);
    return given -> query != null && Lexemes.of(language, given.text(2)).match(query) ? 1L : 0L;
  }

  /// All rows that the query finds in the words of FTS5; where it asks for places, perhaps more.
  private static String match(SearchQuery query) {
    return switch (query) {
      case SearchQuery.Word(String text, boolean prefix) ->
          "\"" + text + "\"" + (prefix ? " *" : "");
      case SearchQuery.And(List<SearchQuery> all) -> chain(all, " AND ");
      case SearchQuery.Or(List<SearchQuery> any) -> chain(any, " OR ");
      case SearchQuery.Not(SearchQuery inner) when inner.hasPhrase() -> "\"" + EVERY_ROW + "\"";
      case SearchQuery.Not(SearchQuery inner) -> "(\"" + EVERY_ROW + "\" NOT " + match(inner) + ")";
      case SearchQuery.Phrase(SearchQuery left, SearchQuery right, int _) ->
          "(" + inPhrase(left) + " AND " + inPhrase(right) + ")";
    };
  }

  /// Within a phrase `!a` is about one place, not about the text.
  private static String inPhrase(SearchQuery query) {
    return switch (query) {
      case SearchQuery.Not _ -> "\"" + EVERY_ROW + "\"";
      case SearchQuery.And(List<SearchQuery> all) -> inPhrase(all, " AND ");
      case SearchQuery.Or(List<SearchQuery> any) -> inPhrase(any, " OR ");
      case SearchQuery.Word _, SearchQuery.Phrase _ -> match(query);
    };
  }

  private static String chain(List<SearchQuery> parts, String operator) {
    return parts.stream().map(Documents::match).collect(joining(operator));
  }

  private static String inPhrase(List<SearchQuery> parts, String operator) {
    return parts.stream().map(Documents::inPhrase).collect(joining(operator));
  }

  private static Collector<CharSequence, ?, String> joining(String operator) {
    return Collectors.joining(operator, "(", ")");
  }

  private interface Answer {
    Object of(HostFunctions.Given given) throws SQLException;
  }

  private interface Compiler {
    Answer of(Language language, String query);
  }

  /// Keeps the last query: a statement asks for the same again and again.
  private static final class Compiled implements HostFunctions.Body {
    private final Compiler compiler;
    private String source = "";
    private @Nullable Answer last;

    Compiled(Compiler compiler) {
      this.compiler = compiler;
    }

    @Override
    public Object of(HostFunctions.Given given) throws SQLException {
      String query = given.text(0) + ' ' + given.text(1);
      Answer answer = last;
      if (answer == null || !query.equals(source)) {
        answer = compiler.of(language(given.text(0)), given.text(1));
        last = answer;
        source = query;
      }
      return answer.of(given);
    }
  }

  private Documents() {}
}
