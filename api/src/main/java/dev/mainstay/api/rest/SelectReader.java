package dev.mainstay.api.rest;

import dev.mainstay.core.query.Asked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `select` (`WIRE.md` §1.6): columns, JSON paths, casts, aggregates, embeds and spreads.
final class SelectReader {
  private SelectReader() {}

  static Selection select(String text, Quota quota) {
    Cursor c = new Cursor("select parameter", text, quota);
    return c.read(
        () -> {
          Selection selection = items(c, 0);
          c.needEnd();
          // Only an embed can be there and show nothing.
          return selection.isEmpty()
              ? new Selection(List.of(new Selection.Part.Plain(new Asked.Item.Star())))
              : selection;
        });
  }

  private static Selection items(Cursor c, int depth) {
    Quota.embedDepth(depth, c);
    List<Selection.Part> parts = new ArrayList<>();
    c.blanks();
    if (c.peek() == -1 || c.peek() == ')') {
      expectedItem(c);
      return new Selection(parts);
    }
    do {
      c.blanks();
      c.quota().item(c);
      parts.add(item(c, depth, parts.isEmpty()));
      c.blanks();
    } while (c.take(','));
    return new Selection(parts);
  }

  private static void expectedItem(Cursor c) {
    c.expected("\"...\"");
    c.expected(FieldReader.NAME);
    c.expected("\"*\"");
    c.expected("\"count()\"");
  }

  private static Selection.Part item(Cursor c, int depth, boolean isFirst) {
    if (c.take("...")) return embed(c, null, FieldReader.name(c), Asked.Shape.SPREAD, depth);
    if (!FieldReader.begins(c) && c.peek() != '*') {
      expectedItem(c);
      // Nothing at all may stand between the parentheses of an embed.
      if (depth > 0 && isFirst) c.expected("\")\"");
      throw c.mismatch();
    }
    if (c.peek() == '*') {
      c.take('*');
      needEndOfItem(c);
      return new Selection.Part.Plain(new Asked.Item.Star());
    }
    int start = c.mark();
    String alias = alias(c);
    String name = FieldReader.name(c);
    if (c.peek() == '!' || (c.peek() == '(' && !name.equals("count"))) {
      if (hinted(c)) return embed(c, alias, name, Asked.Shape.NESTED, depth);
      c.reset(start);
      alias = alias(c);
      name = FieldReader.name(c);
    }
    return column(c, alias, name);
  }

  private static @Nullable String alias(Cursor c) {
    int mark = c.mark();
    String alias = FieldReader.name(c);
    if (c.peek() == ':' && !c.ahead("::")) {
      c.take(':');
      c.expected("\":\"");
      c.blanks();
      return alias;
    }
    c.reset(mark);
    return null;
  }

  // ── columns ──

  private static Selection.Part column(Cursor c, @Nullable String alias, String name) {
    if (name.equals("count") && c.take("()")) {
      String cast = cast(c);
      needEndOfItem(c);
      return new Selection.Part.Plain(new Asked.Item.CountRows(alias, cast));
    }
    Asked.Field field = FieldReader.path(c, name);
    c.blanks();
    String cast = cast(c);
    Asked.Aggregate aggregate = aggregate(c);
    String resultCast = aggregate == null ? null : cast(c);
    needEndOfItem(c);
    return new Selection.Part.Plain(
        new Asked.Item.Column(alias, field, cast, aggregate, resultCast));
  }

  private static @Nullable String cast(Cursor c) {
    if (c.take("::")) return FieldReader.word(c);
    // With one colon it has begun as a cast, and nothing else could go on so.
    if (c.peek() == ':') throw c.mismatch("::");
    return null;
  }

  private static Asked.@Nullable Aggregate aggregate(Cursor c) {
    if (!c.take('.')) return null;
    Asked.Aggregate aggregate;
    if (c.take("sum")) aggregate = Asked.Aggregate.SUM;
    else if (c.take("avg")) aggregate = Asked.Aggregate.AVG;
    else if (c.take("count")) aggregate = Asked.Aggregate.COUNT;
    else if (c.take("max")) aggregate = Asked.Aggregate.MAX;
    else if (c.take("min")) aggregate = Asked.Aggregate.MIN;
    else throw c.mismatch();
    if (!c.take("()")) throw c.mismatch();
    return aggregate;
  }

  private static void needEndOfItem(Cursor c) {
    c.blanks();
    if (c.peek() == ')' || c.peek() == ',') return;
    c.expected("\")\"");
    c.expected("\",\"");
    c.needEnd();
    c.expected("end of input");
  }

  // ── embeds ──

  private static Selection.Part embed(
      Cursor c, @Nullable String alias, String target, Asked.Shape shape, int depth) {
    String hint = null;
    Asked.Join join = Asked.Join.LEFT;
    for (int i = 0; i < 2 && c.take('!'); i++) {
      boolean quoted = c.peek() == '"';
      String word = FieldReader.name(c);
      if (!quoted && word.equals("inner")) join = Asked.Join.INNER;
      else if (quoted || !word.equals("left")) hint = hint == null ? word : hint;
    }
    c.need('(');
    Selection rows = items(c, depth + 1);
    c.need(')');
    return new Selection.Part.Nested(alias, target, hint, join, shape, rows);
  }

  /// Whether at most two hints and a `(` follow.
  private static boolean hinted(Cursor c) {
    int mark = c.mark();
    try {
      for (int i = 0; i < 2 && c.take('!'); i++) FieldReader.name(c);
      return c.take('(');
    } catch (Cursor.Mismatch _) {
      return false;
    } finally {
      c.reset(mark);
    }
  }
}
