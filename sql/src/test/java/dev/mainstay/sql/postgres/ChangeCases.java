package dev.mainstay.sql.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model, and every kind of change of it.
final class ChangeCases {
  static final String BEFORE =
      """
      enums:
        mood: [sad, ok]
        size: [s, m, l]
      tables:
        artists:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            name: text
        albums:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
            code: text?
            short: varchar(20)
            price: decimal(6,2)
            mood: {type: mood, default: ok}
            size: {type: size, default: m}
            twice: {type: integer, generated: id * 2}
            artist_id: {references: artists}
          unique: [[title]]
          checks: {priced: row.price >= 0.0}
          indexes: [code, {name: shorts, columns: code, where: row.short == 'x'}]
          search: {words: title}
        others:
          columns:
            id: {type: integer, primary_key: true}
            album_id: {references: albums}
      views:
        titles: {sql: select title from albums, columns: {title: text}}
      """;

  /// What is replaced in the model, by what the change is.
  static final Map<String, List<String>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("a column", List.of("code: text?", "code: text?\n      note: text?"));
    ALL.put(
        "a default", List.of("code: text?", "code: text?\n      n: {type: integer, default: 3}"));
    ALL.put(
        "a moment",
        List.of("code: text?", "code: text?\n      at: {type: timestamptz, default: now()}"));
    ALL.put(
        "a uuid", List.of("code: text?", "code: text?\n      key: {type: uuid, default: uuid()}"));
    ALL.put(
        "an ordered uuid",
        List.of("code: text?", "code: text?\n      key: {type: uuid, default: uuid7()}"));
    ALL.put(
        "a number", List.of("album_id: {", "n: {type: bigint, identity: true}\n      album_id: {"));
    ALL.put(
        "a computed",
        List.of("code: text?", "code: text?\n      six: {type: integer, generated: id * 6}"));
    ALL.put(
        "no column",
        List.of(
            "      short: varchar(20)\n",
            "",
            ", {name: shorts, columns: code, where: row.short == 'x'}",
            ""));
    ALL.put("no computed", List.of("      twice: {type: integer, generated: id * 2}\n", ""));
    ALL.put("another computed", List.of("id * 2", "id * 3"));
    ALL.put(
        "computed no more", List.of("twice: {type: integer, generated: id * 2}", "twice: integer"));
    ALL.put("another type", List.of("code: text?", "code: bigint?"));
    ALL.put(
        "a key's type",
        List.of(
            "albums:\n    columns:\n      id: {type: integer",
            "albums:\n    columns:\n      id: {type: bigint",
            "album_id: {",
            "album_id: {type: bigint, "));
    ALL.put("a longer text", List.of("short: varchar(20)", "short: varchar(30)"));
    ALL.put("any text", List.of("short: varchar(20)", "short: text"));
    ALL.put("a shorter text", List.of("short: varchar(20)", "short: varchar(10)"));
    ALL.put("more digits", List.of("decimal(6,2)", "decimal(9,2)"));
    ALL.put(
        "text to an enum",
        List.of("  size: [", "  short: [x, y]\n  size: [", "short: varchar(20)", "short: short"));
    ALL.put("a label", List.of("[sad, ok]", "[sad, so-so, ok]"));
    ALL.put("no label", List.of("[sad, ok]", "[ok]"));
    ALL.put(
        "no enum",
        List.of("  size: [s, m, l]\n", "", "{type: size, default: m}", "{type: text, default: m}"));
    ALL.put("never null", List.of("code: text?", "code: text"));
    ALL.put("null", List.of("name: text", "name: text?"));
    ALL.put("another default", List.of("default: ok", "default: sad"));
    ALL.put(
        "another key",
        List.of(
            "id: {type: integer, identity: true, primary_key: true}\n      title: text",
            "id: integer\n      title: {type: text, primary_key: true}",
            "    unique: [[title]]\n",
            "",
            "{references: albums}",
            "integer"));
    ALL.put("a unique", List.of("[[title]]", "[[title], [price, id]]"));
    ALL.put("no unique", List.of("    unique: [[title]]\n", ""));
    ALL.put(
        "a foreign key",
        List.of("code: text?", "code: text?\n      next_id: {type: integer?, references: albums}"));
    ALL.put(
        "a foreign key of a column",
        List.of("album_id: {references: albums}", "album_id: {references: artists}"));
    ALL.put(
        "another foreign key",
        List.of(
            "artist_id: {references: artists}",
            "artist_id: {references: artists, on_delete: cascade}"));
    ALL.put("no foreign key", List.of("artist_id: {references: artists}", "artist_id: integer"));
    ALL.put("a check", List.of("checks: {", "checks: {coded: row.code != '', "));
    ALL.put("another check", List.of(">= 0.0", ">= -1.0"));
    ALL.put("no check", List.of("    checks: {priced: row.price >= 0.0}\n", ""));
    ALL.put("an index", List.of("indexes: [code,", "indexes: [code, price,"));
    ALL.put(
        "no index",
        List.of(
            "    indexes: [code, {name: shorts, columns: code, where: row.short == 'x'}]\n", ""));
    ALL.put("a document", List.of("{words: title}", "{words: title, other: code}"));
    ALL.put("another document", List.of("{words: title}", "{words: [title, code]}"));
    ALL.put("no document", List.of("    search: {words: title}\n", ""));
    ALL.put(
        "another name of a table",
        List.of(
            "  albums:\n",
            "  records:\n    renamed_from: albums\n",
            "references: albums",
            "references: records",
            "from albums",
            "from records"));
    ALL.put(
        "another name of a column",
        List.of(
            "title: text\n",
            "label: {type: text, renamed_from: title}\n",
            "[[title]]",
            "[[label]]",
            "{words: title}",
            "{words: label}",
            "select title",
            "select label as title"));
    ALL.put(
        "a table",
        List.of(
            "\nviews:",
            "\n  more:\n    columns:\n      id: {type: integer, primary_key: true}\n      album_id: {references: albums}\nviews:"));
    ALL.put(
        "no table",
        List.of(BEFORE.substring(BEFORE.indexOf("  others:"), BEFORE.indexOf("views:")), ""));
    ALL.put(
        "a view",
        List.of(
            "views:\n",
            "views:\n  codes: {sql: select code from albums, columns: {code: text}}\n"));
    ALL.put("another view", List.of("from albums,", "from albums where price > 1,"));
    ALL.put("no view", List.of(BEFORE.substring(BEFORE.indexOf("views:")), ""));
    ALL.put(
        "everything",
        List.of(
            "code: text?",
            "code: bigint\n      n: {type: integer, default: 3}",
            "[[title]]",
            "[[title], [price, id]]",
            "indexes: [code,",
            "indexes: [price,",
            ">= 0.0",
            ">= -1.0",
            "{words: title}",
            "{words: [title, short]}",
            "[sad, ok]",
            "[ok, sad]",
            "artist_id: {references: artists}",
            "artist_id: {references: artists, on_delete: cascade}",
            BEFORE.substring(BEFORE.indexOf("  others:"), BEFORE.indexOf("views:")),
            ""));
  }

  private ChangeCases() {}
}
