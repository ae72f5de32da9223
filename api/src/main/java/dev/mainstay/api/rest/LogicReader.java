package dev.mainstay.api.rest;

import dev.mainstay.core.query.Asked;
import java.util.ArrayList;
import java.util.List;

/// Reads logic trees (`WIRE.md` §1.5): `(age.lt.18,and(a.eq.1,not.or(b.is.null,c.gt.2)))`.
final class LogicReader {
  private LogicReader() {}

  /// @param operator `and`, `or`, `not.and` or `not.or`, from the parameter's name
  /// @param text the parameter's value, from `(` to `)`
  static Asked.Condition logic(String operator, String text, Quota quota) {
    Cursor c = new Cursor("logic tree", text, operator + text, quota);
    return c.read(
        () -> {
          Asked.Condition condition = member(c, 0);
          c.needEnd();
          return condition;
        });
  }

  private static Asked.Condition member(Cursor c, int depth) {
    c.blanks();
    Quota.logicDepth(depth, c);
    if (!begins(c)) {
      int mark = c.mark();
      try {
        Asked.Field field = FieldReader.field(c);
        if (!c.delimiter()) throw c.mismatch();
        return FilterReader.condition(c, field, LogicReader::operand);
      } catch (Cursor.Mismatch _) {
        c.reset(mark);
      }
    }
    return branch(c, depth);
  }

  /// Whether a logic operator and its `(` follow. No filter begins like that.
  private static boolean begins(Cursor c) {
    int mark = c.mark();
    boolean begins =
        (!c.ahead("not.") || c.take("not."))
            && ((c.ahead("and") && c.take("and")) || (c.ahead("or") && c.take("or")));
    if (begins) c.blanks();
    begins &= c.peek() == '(';
    c.reset(mark);
    return begins;
  }

  private static Asked.Condition branch(Cursor c, int depth) {
    boolean negated = c.ahead("not.") && c.take("not.");
    if (!negated) c.expected("negation operator (not)");
    boolean and = c.ahead("and") && c.take("and");
    if (!and && !(c.ahead("or") && c.take("or"))) {
      c.expected("logic operator (and, or)");
      throw c.mismatch();
    }
    c.blanks();
    c.need('(');
    List<Asked.Condition> members = new ArrayList<>();
    do members.add(member(c, depth + 1));
    while (more(c));
    c.need(')');
    c.blanks();
    Asked.Condition tree = and ? new Asked.Condition.And(members) : new Asked.Condition.Or(members);
    return negated ? new Asked.Condition.Not(tree) : tree;
  }

  private static boolean more(Cursor c) {
    c.blanks();
    return c.take(',');
  }

  /// A quoted value, a whole `{…}`, or what stands before the next `,` or `)`.
  private static String operand(Cursor c) {
    if (c.peek() == '{') {
      int mark = c.mark();
      c.take('{');
      String inside = c.run(codePoint -> codePoint != '{' && codePoint != '}');
      if (c.take('}')) return "{" + inside + "}";
      c.reset(mark);
    }
    return FilterReader.element(c);
  }
}
