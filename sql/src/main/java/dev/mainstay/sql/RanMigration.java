package dev.mainstay.sql;

import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// A migration that a database is done with.
///
/// @param checksum of its text, SHA-256 in hexadecimal
/// @param version of the model that the database then had, or got with it
/// @param program the version of the program that ran it
/// @param millis how long it took; null when it did not run, because the database was made of a
///   model that needs it no more
/// @param made what tables and columns it added
/// @param at when, as text; empty before it is kept
public record RanMigration(
    long number,
    String name,
    String checksum,
    long version,
    String program,
    @Nullable Long millis,
    List<Made> made,
    String at) {
  public RanMigration {
    made = List.copyOf(made);
  }

  /// @param column null for the table itself
  public record Made(TableName table, @Nullable String column) {}

  /// As its file is called, but for zeros ahead and the engine.
  public String title() {
    return number + "_" + name;
  }

  public boolean hasRun() {
    return millis != null;
  }

  /// The day on which it ran.
  public String day() {
    return at.substring(0, Math.min(at.length(), "2026-11-25".length()));
  }

  /// What it made as text, to be kept.
  String madeText() {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    for (Made one : made) {
      ArrayNode words = all.addArray().add(one.table.schema()).add(one.table.name());
      if (one.column != null) words.add(one.column);
    }
    return all.toString();
  }

  /// Reads what [#madeText] wrote.
  static List<Made> made(String text) {
    List<Made> made = new ArrayList<>();
    for (JsonNode words : JsonMapper.shared().readTree(text))
      made.add(
          new Made(
              new TableName(words.get(0).stringValue(), words.get(1).stringValue()),
              words.size() > 2 ? words.get(2).stringValue() : null));
    return made;
  }
}
