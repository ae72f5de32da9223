package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives constants and claims the type of what they meet, and refuses a constant that is no value
/// of it.
final class Literals {
  private Literals() {}

  /// The term as a value of the type, or null when it is neither constant nor claim.
  static @Nullable Expr as(ColumnType type, Term term, int place) {
    return switch (term) {
      case Term.Claim(List<String> path) -> claim(type, path);
      case Term.Text(String text, var _) -> text(type, text, place);
      case Term.Numeral number -> number(type, number, place);
      case Term.Bytes(String hex) ->
          type instanceof ColumnType.Bytea
              ? new Expr.Literal(new Value.Bytes(hex), type)
              : refuse("bytes are", type, place);
      case Term.Condition(var filter) when Fold.constant(filter) != null ->
          bool(type, filter.equals(Filter.TRUE), place);
      case Term.Many(List<Term> items) -> many(type, items, place);
      default -> null;
    };
  }

  /// A claim is compared as text with any length of text.
  static Expr claim(ColumnType type, List<String> path) {
    return new Expr.Claim(path, operand(type));
  }

  /// The type an operand has that meets a column of this one.
  static ColumnType operand(ColumnType type) {
    return type instanceof ColumnType.Varchar ? new ColumnType.Text() : type;
  }

  /// The type a constant has by itself.
  static @Nullable ColumnType own(Term term) {
    return switch (term) {
      case Term.Text _, Term.Claim _ -> new ColumnType.Text();
      case Term.Numeral number ->
          number.isWhole() ? new ColumnType.Whole(64) : new ColumnType.Floating(64);
      case Term.Bytes _ -> new ColumnType.Bytea();
      case Term.Condition _ -> new ColumnType.Bool();
      case Term.Typed typed -> typed.type();
      default -> null;
    };
  }

  static boolean isConstant(Term term) {
    return switch (term) {
      case Term.Text _, Term.Numeral _, Term.Bytes _ -> true;
      case Term.Condition(var filter) -> Fold.constant(filter) != null;
      default -> false;
    };
  }

  private static Expr text(ColumnType type, String text, int place) {
    return switch (type) {
      case ColumnType.Bool _, ColumnType.Whole _, ColumnType.Decimal _, ColumnType.Floating _ ->
          refuse("'" + text + "' is a text,", type, place, "write it without quotes");
      case ColumnType.ArrayOf _ ->
          refuse("'" + text + "' is a text,", type, place, "write a list: ['…']");
      case ColumnType.Json _ -> new Expr.Literal(new Value.Json(JsonText.quote(text)), type);
      default -> new Expr.Literal(read(type, text, place), operand(type));
    };
  }

  private static Expr number(ColumnType type, Term.Numeral number, int place) {
    return switch (type) {
      case ColumnType.Whole whole -> whole(whole, number, place);
      case ColumnType.Decimal decimal -> decimal(decimal, number, place);
      case ColumnType.Floating _ -> new Expr.Literal(read(type, number.text(), place), type);
      case ColumnType.Json _ ->
          new Expr.Literal(new Value.Json(JsonText.canonical(number.text())), type);
      default -> refuse("the number " + number.text() + " is", type, place, "write it in quotes");
    };
  }

  private static Expr whole(ColumnType.Whole type, Term.Numeral number, int place) {
    if (!number.isWhole())
      throw new Refused(
          place, number.text() + " is not a whole number, as " + type + " is", "compare double(…)");
    Value value = read(new ColumnType.Whole(64), number.text(), place);
    long n = ((Value.Whole) value).value();
    boolean fits = n == (type.bits() == 16 ? (short) n : type.bits() == 32 ? (int) n : n);
    return new Expr.Literal(value, fits ? type : new ColumnType.Whole(64));
  }

  private static Expr decimal(ColumnType.Decimal type, Term.Numeral number, int place) {
    BigDecimal exact =
        read(type, number.text(), place) instanceof Value.Decimal(BigDecimal d)
            ? d.stripTrailingZeros()
            : BigDecimal.ZERO;
    if (exact.signum() != 0
        && (exact.scale() > type.scale()
            || exact.precision() - exact.scale() > type.precision() - type.scale()))
      throw new Refused(place, number.text() + " is no value of " + type, null);
    return new Expr.Literal(new Value.Decimal(exact.setScale(type.scale())), type);
  }

  private static Expr bool(ColumnType type, boolean bool, int place) {
    return switch (type) {
      case ColumnType.Bool _ -> new Expr.Literal(new Value.Bool(bool), type);
      case ColumnType.Json _ -> new Expr.Literal(new Value.Json(Boolean.toString(bool)), type);
      default -> refuse(bool + " is", type, place);
    };
  }

  private static @Nullable Expr many(ColumnType type, List<Term> items, int place) {
    if (!(type instanceof ColumnType.ArrayOf(ColumnType element)))
      return refuse("a list is", type, place, "write: x in […]");
    List<Value> values = new ArrayList<>();
    for (Term item : items) {
      if (item instanceof Term.Nothing) values.add(Value.NULL);
      else if (isConstant(item) && as(element, item, place) instanceof Expr.Literal literal)
        values.add(literal.value());
      else throw new Refused(place, "only constants can stand in a list that is compared", null);
    }
    return new Expr.Literal(new Value.ListOf(values), type);
  }

  static Value read(ColumnType type, String text, int place) {
    try {
      return ValueReader.operand(type, text);
    } catch (ProblemException e) {
      String hint = null;
      if (type instanceof ColumnType.Enumerated enumerated) {
        String nearest = Nearest.to(text, enumerated.labels());
        hint =
            nearest != null
                ? "did you mean '" + nearest + "'?"
                : "its labels: " + String.join(", ", enumerated.labels());
      }
      throw new Refused(
          place,
          e.problem() instanceof Problem.ValueOutOfRange(var _, String message)
              ? message
              : "'" + text + "' is no value of " + type,
          hint);
    }
  }

  private static Expr refuse(String subject, ColumnType type, int place) {
    return refuse(subject, type, place, null);
  }

  private static Expr refuse(String subject, ColumnType type, int place, @Nullable String hint) {
    throw new Refused(place, subject + " not " + type, hint);
  }
}
