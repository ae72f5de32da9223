package dev.mainstay.core.query;

import com.google.re2j.Pattern;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Comparison.Undecided;
import dev.mainstay.core.query.Match.Answer;
import java.util.List;

/// What an [Operator] answers of two values.
final class Operation {
  private Operation() {}

  /// @param type the left side's
  static Answer test(ColumnType type, Value left, Operator operator, Value right) {
    try {
      if (operator == Operator.DISTINCT) return Answer.of(!Comparison.same(type, left, right));
      if (left instanceof Value.Null || right instanceof Value.Null) return Answer.UNKNOWN;
      return Answer.of(holds(type, left, operator, right));
    } catch (Undecided e) {
      return Answer.ASK;
    }
  }

  private static boolean holds(ColumnType type, Value left, Operator operator, Value right) {
    return switch (operator) {
      case EQ -> Comparison.equal(type, left, right);
      case NE -> !Comparison.equal(type, left, right);
      case LT -> Comparison.compare(type, left, right) < 0;
      case LE -> Comparison.compare(type, left, right) <= 0;
      case GT -> Comparison.compare(type, left, right) > 0;
      case GE -> Comparison.compare(type, left, right) >= 0;
      case LIKE -> like(text(left), text(right), false);
      case ILIKE -> like(text(left), text(right), true);
      case MATCH -> matches(text(left), text(right), false);
      case IMATCH -> matches(text(left), text(right), true);
      case CONTAINS -> contains(type, left, right);
      case CONTAINED -> contains(type, right, left);
      case OVERLAPS -> overlaps(type, elements(left), elements(right));
      case DISTINCT,
          RANGE_LEFT_OF,
          RANGE_RIGHT_OF,
          RANGE_NOT_RIGHT_OF,
          RANGE_NOT_LEFT_OF,
          RANGE_ADJACENT ->
          throw new Undecided();
    };
  }

  private static boolean like(String text, String pattern, boolean ignoreCase) {
    LikePattern like = LikePattern.of(pattern, ignoreCase);
    if (like == null) throw new Undecided();
    return like.matches(text);
  }

  /// Beyond ASCII engines fold case differently.
  private static boolean matches(String text, String regex, boolean ignoreCase) {
    if (Regex.complaint(regex) != null) throw new Undecided();
    if (ignoreCase && !(isAscii(text) && isAscii(regex))) throw new Undecided();
    Pattern pattern = Regex.compile(regex, ignoreCase);
    if (pattern == null) throw new Undecided();
    return pattern.matcher(text).find();
  }

  private static boolean contains(ColumnType type, Value outer, Value inner) {
    if (outer instanceof Value.Json(String a) && inner instanceof Value.Json(String b))
      return JsonComparison.contains(a, b);
    List<Value> own = elements(outer);
    for (Value element : elements(inner)) if (!holds(type, own, element)) return false;
    return true;
  }

  private static boolean overlaps(ColumnType type, List<Value> one, List<Value> other) {
    for (Value element : other) if (holds(type, one, element)) return true;
    return false;
  }

  /// A null is nowhere found.
  private static boolean holds(ColumnType type, List<Value> elements, Value wanted) {
    if (wanted instanceof Value.Null) return false;
    ColumnType element = type instanceof ColumnType.ArrayOf(ColumnType of) ? of : type;
    for (Value own : elements)
      if (!(own instanceof Value.Null) && Comparison.equal(element, own, wanted)) return true;
    return false;
  }

  private static List<Value> elements(Value value) {
    if (value instanceof Value.ListOf(List<Value> elements)) return elements;
    throw new Undecided();
  }

  private static String text(Value value) {
    if (value instanceof Value.Text(String text)) return text;
    throw new Undecided();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
