package dev.mainstay.api.rest;

import dev.mainstay.core.query.Asked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `order` (`WIRE.md` §1.8): `name.desc.nullslast,albums(title)`.
final class OrderReader {
  private OrderReader() {}

  static List<Asked.Ordering> order(String text, Quota quota) {
    Cursor c = new Cursor("order", text, quota);
    return c.read(
        () -> {
          List<Asked.Ordering> terms = new ArrayList<>();
          do {
            quota.item(c);
            terms.add(term(c));
          } while (c.take(','));
          c.needEnd();
          return terms;
        });
  }

  private static Asked.Ordering term(Cursor c) {
    c.blanks();
    int start = c.mark();
    String name = FieldReader.name(c);
    if (c.peek() == '(') {
      try {
        c.need('(');
        Asked.Field field = FieldReader.field(c);
        c.need(')');
        return placed(c, name, field);
      } catch (Cursor.Mismatch _) {
        // As an order by a column it fails too, and that message is the one that is told.
        c.reset(start);
        name = FieldReader.name(c);
      }
    }
    Asked.Field field = FieldReader.path(c, name);
    c.blanks();
    return placed(c, null, field);
  }

  private static Asked.Ordering placed(Cursor c, @Nullable String embed, Asked.Field field) {
    boolean descending = false;
    Boolean nullsFirst = null;
    if (c.delimiter()) {
      if (c.take("asc") || (descending = c.take("desc"))) {
        if (c.delimiter()) nullsFirst = nulls(c);
      } else {
        nullsFirst = nulls(c);
      }
    }
    c.blanks();
    if (c.peek() != ',') {
      c.expected("\",\"");
      c.needEnd();
    }
    return new Asked.Ordering(embed, field, descending, nullsFirst);
  }

  private static boolean nulls(Cursor c) {
    if (c.take("nullsfirst")) return true;
    if (c.take("nullslast")) return false;
    throw c.mismatch();
  }
}
