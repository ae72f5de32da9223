package dev.mainstay.api.rest;

import dev.mainstay.core.query.Asked;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a whole query string (`WIRE.md` §1.2) and puts each parameter where it belongs: `select`
/// first, then the filters, orders and pages of the root and of each embed by its path.
///
/// @param rows what is asked of the table and its embeds
/// @param columns the columns to write, or null for those of the body
/// @param onConflict the key of an upsert, or null for the primary key
record QueryReader(
    Selection rows, @Nullable List<String> columns, @Nullable List<String> onConflict) {
  private static final Set<String> RESERVED = Set.of("select", "columns", "on_conflict");

  static QueryReader read(QueryString query) {
    Quota quota = new Quota();
    String select = query.first("select");
    Selection rows = SelectReader.select(select == null ? "*" : select, quota);
    for (QueryString.Parameter parameter : query.parameters())
      if (parameter.value() != null && !RESERVED.contains(parameter.name()))
        put(rows, parameter.name(), parameter.value(), quota);
    return new QueryReader(
        rows,
        names("columns", query.first("columns"), quota),
        names("on_conflict", query.first("on_conflict"), quota));
  }

  private static void put(Selection rows, String name, String value, Quota quota) {
    switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "and", "or" -> {
        List<String> path = path("logic path", name, quota).embeds();
        boolean negated = path.contains("not");
        String operator = name.substring(name.lastIndexOf('.') + 1);
        List<String> embeds = path.stream().filter(step -> !step.equals("not")).toList();
        rows.at(embeds)
            .where(LogicReader.logic(negated ? "not." + operator : operator, value, quota));
      }
      case "order" -> {
        Selection place = rows.at(path("tree path", name, quota).embeds());
        place.order(OrderReader.order(value, quota));
      }
      case "limit" -> {
        Selection place = rows.at(path("tree path", name, quota).embeds());
        Long number = RangeReader.number(value);
        if (number != null) place.limit(number);
      }
      case "offset" -> {
        Selection place = rows.at(path("tree path", name, quota).embeds());
        Long number = RangeReader.number(value);
        if (number != null) place.offset(number);
      }
      default -> {
        Path path = path("tree path", name, quota);
        rows.at(path.embeds()).where(FilterReader.filter(path.field(), value, quota));
      }
    }
  }

  /// A parameter's name: the embeds it goes through, and the field or word at its end.
  private record Path(List<String> embeds, Asked.Field field) {}

  private static Path path(String kind, String name, Quota quota) {
    Cursor c = new Cursor(kind, name, quota);
    return c.read(
        () -> {
          List<String> names = FieldReader.dotted(c);
          Asked.Field field = FieldReader.path(c, names.getLast());
          c.needEnd();
          return new Path(names.subList(0, names.size() - 1), field);
        });
  }

  private static @Nullable List<String> names(String kind, @Nullable String text, Quota quota) {
    if (text == null) return null;
    Cursor c = new Cursor(kind + " parameter", text, quota);
    return c.read(
        () -> {
          List<String> names = FieldReader.list(c);
          c.needEnd();
          return names.stream().distinct().toList();
        });
  }
}
