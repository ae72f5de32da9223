package dev.mainstay.api.rest;

/// What one query string may still ask for. Each reader takes from it, so that no request, however
/// it is spelled, makes a statement or a tree that is costly only to build.
final class Quota {
  static final int PARAMETERS = 1_000;
  static final int ITEMS = 1_000;
  static final int CONDITIONS = 1_000;
  static final int VALUES = 10_000;

  /// Logic operators within logic operators.
  static final int LOGIC_DEPTH = 64;

  /// Embeds within embeds.
  static final int EMBED_DEPTH = 16;

  private int items = ITEMS;
  private int conditions = CONDITIONS;
  private int values = VALUES;

  /// One more thing selected or ordered by.
  void item(Cursor at) {
    if (--items < 0) throw at.refusal("more than " + ITEMS + " columns and embeds in all");
  }

  void condition(Cursor at) {
    if (--conditions < 0) throw at.refusal("more than " + CONDITIONS + " conditions in all");
  }

  /// One more value of a list.
  void value(Cursor at) {
    if (--values < 0) throw at.refusal("more than " + VALUES + " values in lists in all");
  }

  static void embedDepth(int depth, Cursor at) {
    if (depth > EMBED_DEPTH) throw at.refusal("embeds nested deeper than " + EMBED_DEPTH);
  }

  static void logicDepth(int depth, Cursor at) {
    if (depth > LOGIC_DEPTH) throw at.refusal("logic nested deeper than " + LOGIC_DEPTH);
  }
}
