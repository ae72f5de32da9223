package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a column gets by itself, for descriptions.
final class Fills {
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Fills() {}

  /// The value that is the same each time, or null.
  static @Nullable JsonNode literal(ColumnType type, Fill fill) {
    if (!(fill instanceof Fill.Literal(String text))) return null;
    return EXACT.readTree(ValueText.json(type, ValueReader.read(type, text)));
  }

  /// As PostgreSQL would print a default that is computed, or null.
  static @Nullable String call(Fill fill) {
    return switch (fill) {
      case Fill.Now() -> "now()";
      case Fill.RandomUuid() -> "gen_random_uuid()";
      case Fill.OrderedUuid() -> "uuidv7()";
      case Fill.AuthUid() -> "auth.uid()";
      case Fill.Existing(String expression) -> expression;
      case Fill.Nothing _, Fill.Literal _, Fill.Identity _, Fill.Generated _, Fill.Computed _ ->
          null;
    };
  }

  /// In a sentence, or null where there is nothing to say.
  static @Nullable String words(Fill fill) {
    return switch (fill) {
      case Fill.Now() -> "By default the time.";
      case Fill.RandomUuid() -> "By default a random UUID.";
      case Fill.OrderedUuid() -> "By default a new UUID that sorts by time.";
      case Fill.AuthUid() -> "By default the caller's id.";
      case Fill.Identity(boolean always) ->
          always ? "Numbered by the table itself." : "By default the next number.";
      case Fill.Generated _, Fill.Computed _ -> "Computed from other columns.";
      case Fill.Existing(String expression) -> "By default `" + expression + "`.";
      case Fill.Nothing _, Fill.Literal _ -> null;
    };
  }
}
