package dev.mainstay.api.rest;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes rows as asked for as a query string that asks for the same, every name in quotes: the way
/// back from what the readers make.
final class AskedText {
  private final List<String> parameters = new ArrayList<>();

  private AskedText() {}

  static String query(Asked.Rows rows) {
    AskedText text = new AskedText();
    // Without a select each column is meant, and a query is as long as it may be.
    if (!rows.items().equals(List.of(new Item.Star())))
      text.parameter("select", select(rows.items()));
    text.rows("", rows);
    return String.join("&", text.parameters);
  }

  private void parameter(String name, String value) {
    parameters.add(QueryString.escaped(name) + "=" + QueryString.escaped(value));
  }

  private void rows(String path, Asked.Rows rows) {
    for (Condition condition : rows.where()) filter(path, condition);
    if (!rows.order().isEmpty()) parameter(path + "order", order(rows.order()));
    if (rows.limit() != null) parameter(path + "limit", rows.limit().toString());
    if (rows.offset() != null) parameter(path + "offset", rows.offset().toString());
    for (Item item : rows.items())
      if (item instanceof Item.Embed embed) {
        String name = nameOf(embed, rows.items());
        // One that no parameter can name has nothing that a parameter gave it, nor has what is in
        // it.
        if (name != null) rows(path + quoted(name) + ".", embed.rows());
      }
  }

  /// A name under which parameters reach the embed: the first of that alias or target has it.
  private static @Nullable String nameOf(Item.Embed embed, List<Item> items) {
    for (String name : embed.alias() == null ? List.of(embed.target()) : names(embed))
      for (Item item : items)
        if (item instanceof Item.Embed other && names(other).contains(name)) {
          if (other.equals(embed)) return name;
          break;
        }
    return null;
  }

  private static List<String> names(Item.Embed embed) {
    return embed.alias() == null ? List.of(embed.target()) : List.of(embed.alias(), embed.target());
  }

  private void filter(String path, Condition condition) {
    switch (condition) {
      case Condition.And(List<Condition> all) -> parameter(path + "and", members(all));
      case Condition.Or(List<Condition> any) -> parameter(path + "or", members(any));
      case Condition.Not(Condition.And(List<Condition> all)) ->
          parameter(path + "not.and", members(all));
      case Condition.Not(Condition.Or(List<Condition> any)) ->
          parameter(path + "not.or", members(any));
      default -> parameter(path + field(fieldOf(condition)), test(condition, false));
    }
  }

  // ── select ──

  /// The value of `select`.
  static String select(List<Item> items) {
    return String.join(",", items.stream().map(AskedText::item).toList());
  }

  private static String item(Item item) {
    return switch (item) {
      case Item.Star() -> "*";
      case Item.Column c ->
          alias(c.alias())
              + field(c.field())
              + cast(c.cast())
              + (c.aggregate() == null ? "" : "." + word(c.aggregate().name()) + "()")
              + cast(c.resultCast());
      case Item.CountRows(String alias, String cast) -> alias(alias) + "count()" + cast(cast);
      case Item.Embed e ->
          (e.shape() == Asked.Shape.SPREAD ? "..." : alias(e.alias()))
              + quoted(e.target())
              + (e.hint() == null ? "" : "!" + quoted(e.hint()))
              + (e.join() == Asked.Join.INNER ? "!inner" : "!left")
              + "("
              + select(e.rows().items())
              + ")";
    };
  }

  private static String alias(@Nullable String alias) {
    return alias == null ? "" : quoted(alias) + ":";
  }

  private static String cast(@Nullable String cast) {
    return cast == null ? "" : "::" + (cast.isEmpty() ? " " : cast);
  }

  private static String field(Asked.Field field) {
    StringBuilder text = new StringBuilder(quoted(field.name()));
    for (int i = 0; i < field.path().size(); i++) {
      boolean asText = field.asText() && i == field.path().size() - 1;
      text.append(asText ? "->>" : "->")
          .append(
              switch (field.path().get(i)) {
                case JsonStep.Key(String name) -> quoted(name);
                case JsonStep.At(int index) -> Integer.toString(index);
              });
    }
    return text.toString();
  }

  // ── conditions ──

  /// The value of `and` or `or`.
  static String members(List<Condition> conditions) {
    return "(" + String.join(",", conditions.stream().map(AskedText::member).toList()) + ")";
  }

  private static String member(Condition condition) {
    return switch (condition) {
      case Condition.And(List<Condition> all) -> "and" + members(all);
      case Condition.Or(List<Condition> any) -> "or" + members(any);
      case Condition.Not(Condition.And(List<Condition> all)) -> "not.and" + members(all);
      case Condition.Not(Condition.Or(List<Condition> any)) -> "not.or" + members(any);
      default -> field(fieldOf(condition)) + "." + test(condition, true);
    };
  }

  private static Asked.Field fieldOf(Condition condition) {
    return switch (condition) {
      case Condition.Not(Condition inner) -> fieldOf(inner);
      case Condition.Compare compare -> compare.field();
      case Condition.IsNull(Asked.Field field) -> field;
      case Condition.Is is -> is.field();
      case Condition.Search search -> search.field();
      case Condition.And _, Condition.Or _ -> throw new AssertionError(condition);
    };
  }

  /// The operator and what follows it.
  ///
  /// @param inTree whether the operand ends at a `,` or a `)`
  static String test(Condition condition, boolean inTree) {
    return switch (condition) {
      case Condition.Not(Condition.Not(Condition.IsNull _)) -> "not.is.not_null";
      case Condition.Not(Condition inner) -> "not." + test(inner, inTree);
      case Condition.Compare(
              _,
              Operator operator,
              Quantifier quantifier,
              List<@Nullable String> operands) ->
          operator(operator)
              + (quantifier == Quantifier.ONE
                  ? "." + operand(Objects.requireNonNull(operands.getFirst()), inTree)
                  : "(" + word(quantifier.name()) + ")." + operand(array(operands), inTree));
      case Condition.IsNull _ -> "is.null";
      case Condition.Is is -> "is." + word(is.truth().name());
      case Condition.Search search ->
          grammar(search.grammar())
              + (search.language() == null
                  ? ""
                  : "(" + (search.language().isEmpty() ? " " : search.language()) + ")")
              + "."
              + operand(search.query(), inTree);
      case Condition.And _, Condition.Or _ -> throw new AssertionError(condition);
    };
  }

  private static String operand(String text, boolean inTree) {
    return inTree ? quoted(text) : text;
  }

  private static String array(List<@Nullable String> elements) {
    return elements.stream()
        .map(element -> element == null ? "NULL" : quoted(element))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String operator(Operator operator) {
    for (Map.Entry<String, OperatorWord> word : OperatorWord.ALL.entrySet())
      if (word.getValue() instanceof OperatorWord.Comparison c && c.operator() == operator)
        return word.getKey();
    throw new AssertionError(operator);
  }

  private static String grammar(Grammar grammar) {
    for (Map.Entry<String, OperatorWord> word : OperatorWord.ALL.entrySet())
      if (word.getValue() instanceof OperatorWord.Search search && search.grammar() == grammar)
        return word.getKey();
    throw new AssertionError(grammar);
  }

  // ── order ──

  /// The value of `order`.
  static String order(List<Asked.Ordering> keys) {
    return String.join(",", keys.stream().map(AskedText::key).toList());
  }

  private static String key(Asked.Ordering key) {
    String field = field(key.field());
    String of = key.embed() == null ? field : quoted(key.embed()) + "(" + field + ")";
    String nulls = key.nullsFirst() == null ? "" : key.nullsFirst() ? ".nullsfirst" : ".nullslast";
    return of + (key.descending() ? ".desc" : ".asc") + nulls;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
