package dev.mainstay.core.advice;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text that holds what is no text, and so sorts by its letters: numbers (`10` before `9`), days,
/// and words with an order of their own (`high` before `low`); and indexes over lists and JSON,
/// which are in the order of whole values.
final class Sorting {
  private static final Set<String> NUMBERS =
      Set.of(
          "amount", "price", "total", "quantity", "qty", "count", "age", "year", "rank", "score");

  private static final Set<String> MOMENTS = Set.of("at", "date", "timestamp", "birthday");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern DAY = Pattern.compile("\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*");

  private final Table table;
  private final List<Advice> advice = new ArrayList<>();

  private Sorting(Table table) {
    this.table = table;
  }

  static List<Advice> of(Model model, Rules rules) {
    List<Advice> all = new ArrayList<>();
    for (Table table : model.tables()) {
      if (table.isView()) continue;
      Sorting sorting = new Sorting(table);
      table.columns().forEach(sorting::named);
      for (int i = 0; i < table.checks().size(); i++)
        sorting.listed(
            rules.checksOf(table.name()).get(i).condition(),
            table.checks().get(i).condition().position());
      table.indexes().forEach(sorting::whole);
      all.addAll(sorting.advice);
    }
    return all;
  }

  /// What the name or the default of a column of text tells.
  private void named(Column column) {
    if (!isText(column) || column.fill() instanceof Fill.Generated) return;
    String name = column.name().toLowerCase(Locale.ROOT);
    boolean isLastOfSome = name.indexOf('_') >= 0;
    String last = name.substring(name.lastIndexOf('_') + 1);
    String fill = column.fill() instanceof Fill.Literal(String text) ? text : "";
    if (NUMBERS.contains(last) || NUMBER.matcher(fill).matches())
      text(column, "numbers as text sort by their digits, 10 before 9", "integer or decimal(p,s)");
    else if (MOMENTS.contains(last) && (isLastOfSome || !last.equals("at"))
        || DAY.matcher(fill).matches())
      text(
          column,
          "days and times as text sort by their letters, and only some ways to write them right",
          "date or timestamptz");
  }

  private void text(Column column, String why, String types) {
    advice.add(
        new Advice(
            Code.SORTS_AS_TEXT,
            Subject.of(table.name(), column.name()),
            table.position(),
            "column '%s' of '%s' is text: %s".formatted(column.name(), table.name().title(), why),
            "make it " + types,
            null));
  }

  /// A check that leaves a column of text a list of words, in an order that is not theirs.
  private void listed(Filter check, Position position) {
    for (Filter part : Implication.parts(check)) {
      Words words = words(part);
      if (words == null || words.list.size() < 3) continue;
      List<String> sorted = words.list.stream().sorted().toList();
      if (sorted.equals(words.list) || !isText(table.column(words.column))) continue;
      advice.add(
          new Advice(
              Code.SORTS_AS_TEXT,
              Subject.of(table.name(), words.column),
              position,
              "column '%s' of '%s' holds one of a list of words, and sorts by their letters: %s"
                  .formatted(words.column, table.name().title(), String.join(", ", sorted)),
              "an enum sorts in the order of its labels: beside 'tables' add, and make it the column's type",
              "enums: {%s: %s}".formatted(Subject.yaml(words.column), Subject.yaml(words.list))));
    }
  }

  private record Words(String column, List<String> list) {}

  private static @Nullable Words words(Filter filter) {
    if (filter instanceof Filter.Or(List<Filter> any)) {
      List<Filter> rest = any.stream().filter(one -> !(one instanceof Filter.IsNull)).toList();
      return rest.size() == 1 ? words(rest.getFirst()) : null;
    }
    if (!(filter
            instanceof
            Filter.Test(
                Expr.Column(int _, String column, ColumnType _),
                Operator operator,
                Quantifier quantifier,
                Expr.Literal(Value.ListOf(List<Value> values), ColumnType _)))
        || operator != Operator.EQ
        || quantifier != Quantifier.ANY) return null;
    List<String> list = new ArrayList<>();
    for (Value value : values) if (value instanceof Value.Text(String word)) list.add(word);
    return new Words(column, list);
  }

  private static boolean isText(@Nullable Column column) {
    return column != null
        && (column.type() instanceof ColumnType.Text
            || column.type() instanceof ColumnType.Varchar);
  }

  private void whole(Index index) {
    if (index.unique()) return;
    String name = index.parts().getFirst().column();
    Column column = table.column(name);
    if (column == null) return;
    String kind =
        switch (column.type()) {
          case ColumnType.Json _ -> "JSON";
          case ColumnType.ArrayOf _ -> "lists";
          default -> null;
        };
    if (kind == null) return;
    advice.add(
        new Advice(
            Code.WHOLE_VALUE_INDEX,
            Subject.of(table.name(), index.name()),
            table.position(),
            "index '%s' of '%s' holds whole %s in order: it helps neither to look into '%s' nor to find what contains something"
                .formatted(index.name(), table.name().title(), kind, name),
            "index a generated column, or take it out",
            null));
  }
}
