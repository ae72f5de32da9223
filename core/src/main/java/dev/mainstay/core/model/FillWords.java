package dev.mainstay.core.model;

/// A [Fill] in the words of the model file.
final class FillWords {
  private FillWords() {}

  static String of(Fill fill) {
    return switch (fill) {
      case Fill.Nothing _ -> "no default";
      case Fill.Literal(String text) -> "default '" + text + "'";
      case Fill.Now _ -> "default now()";
      case Fill.RandomUuid _ -> "default uuid()";
      case Fill.OrderedUuid _ -> "default uuid7()";
      case Fill.AuthUid _ -> "default auth.uid";
      case Fill.Identity(boolean always) -> always ? "identity: always" : "identity";
      case Fill.Generated _ -> "generated";
      case Fill.Existing(String expression) -> expression;
      case Fill.Computed _ -> "computed";
    };
  }
}
