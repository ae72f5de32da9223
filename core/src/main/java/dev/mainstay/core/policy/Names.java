package dev.mainstay.core.policy;

import dev.cel.common.ast.CelExpr;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what names stand for: `row`, `auth`, and what comes after their dots.
final class Names {
  private final Syntax syntax;
  private final Setting setting;
  private final Ways ways;

  Names(Syntax syntax, Setting setting, Ways ways) {
    this.syntax = syntax;
    this.setting = setting;
    this.ways = ways;
  }

  Term identifier(CelExpr expr, Scope scope) {
    String name = expr.ident().name();
    Term.Row row = scope.row(name);
    if (row != null) return row;
    int place = syntax.at(expr);
    String refusal = setting.refusals().get(name);
    if (refusal != null) throw new Refused(place, "'" + name + "' means nothing here", refusal);
    if (name.equals("auth")) return new Term.Auth();
    if (name.equals("now")) throw new Refused(place, "'now' is a function", "write now()");
    throw new Refused(place, "unknown name '" + name + "'", hint(name, scope));
  }

  private String hint(String name, Scope scope) {
    String row = setting.rows().getFirst();
    List<String> known = new ArrayList<>(scope.rows().keySet());
    if (!setting.seesOneRowOnly()) known.add("auth");
    String nearest = Nearest.to(name, known);
    String column = Nearest.to(name, membersOf(setting.table()));
    if (column != null && (nearest == null || column.equals(name)))
      return "did you mean '" + row + "." + column + "'?";
    if (nearest != null) return "did you mean '" + nearest + "'?";
    return "known here: " + String.join(", ", known);
  }

  /// `operand.field`, or `operand["field"]`.
  Term member(Term operand, String field, int place, Scope scope) {
    return switch (operand) {
      case Term.Auth _ -> ofCaller(field, place);
      case Term.Claim(List<String> path) -> {
        List<String> longer = new ArrayList<>(path);
        longer.add(field);
        yield new Term.Claim(longer);
      }
      case Term.Row row -> ofRow(row.table(), field, place, List.of(), scope.up(row), row.name());
      case Term.Related related -> {
        if (!related.toOne())
          throw new Refused(
              place,
              "'" + related.name() + "' leads to many rows",
              "say of which: " + related.name() + ".exists(x, x." + field + " == …)");
        yield ofRow(related.table(), field, place, related.path(), 0, related.name());
      }
      case Term.JsonPlace(Expr json, List<JsonStep> path) ->
          step(json, path, new JsonStep.Key(field));
      case Term.Typed(Expr expr) when expr.type() instanceof ColumnType.Json ->
          step(expr, List.of(), new JsonStep.Key(field));
      case Term.Typed(Expr expr) ->
          throw new Refused(place, "a value of type " + expr.type() + " has no members", null);
      case Term.Text _,
          Term.Numeral _,
          Term.Bytes _,
          Term.Nothing _,
          Term.Many _,
          Term.Condition _ ->
          throw new Refused(place, "this has no members", null);
    };
  }

  /// `operand[index]`.
  Term element(Term operand, int index, int place) {
    return switch (operand) {
      case Term.JsonPlace(Expr json, List<JsonStep> path) ->
          step(json, path, new JsonStep.At(index));
      case Term.Typed(Expr expr) when expr.type() instanceof ColumnType.Json ->
          step(expr, List.of(), new JsonStep.At(index));
      default ->
          throw new Refused(
              place,
              "only JSON has places by number",
              "to look into an array write: x in row.list");
    };
  }

  private static Term step(Expr json, List<JsonStep> path, JsonStep step) {
    List<JsonStep> longer = new ArrayList<>(path);
    longer.add(step);
    return new Term.JsonPlace(json, longer);
  }

  private Term ofCaller(String field, int place) {
    String role = setting.role();
    if (role == null)
      throw new Refused(
          place, "there is no caller here", "what depends on the caller belongs into a policy");
    return switch (field) {
      case "uid" -> new Term.Claim(List.of("sub"));
      case "role" -> new Term.Text(role, setting.roles());
      case "claims" -> new Term.Claim(List.of());
      default ->
          throw new Refused(
              place,
              "'auth' has no '" + field + "'",
              "a claim of the token is auth.claims." + field);
    };
  }

  /// A column wins over a relation of its name.
  private Term ofRow(
      Table table, String field, int place, List<Link> path, int up, String rowName) {
    Column column = table.column(field);
    if (column != null) {
      Expr value = new Expr.Column(path.isEmpty() ? up : 0, column.name(), column.type());
      for (Link link : path.reversed()) value = new Expr.Through(link, Filter.TRUE, value);
      return new Term.Typed(value);
    }
    Ways.Way way = ways.from(table, field);
    if (way == null)
      throw new Refused(
          place,
          table.name().name() + " has no column or relation '" + field + "'",
          nearest(field, membersOf(table)));
    if (setting.seesOneRowOnly())
      throw new Refused(
          place,
          "a condition of a table sees one row only",
          "what depends on other rows belongs into a policy or a foreign key");
    List<Link> longer = new ArrayList<>(path);
    longer.add(Ways.startingAt(way.link(), path.isEmpty() ? up : 0));
    return new Term.Related(longer, way.table(), way.toOne(), rowName + "." + field);
  }

  private List<String> membersOf(Table table) {
    List<String> names = new ArrayList<>();
    for (Column column : table.columns()) names.add(column.name());
    names.addAll(ways.names(table));
    return names;
  }

  static @Nullable String nearest(String name, Collection<String> known) {
    String nearest = Nearest.to(name, known);
    return nearest == null ? null : "did you mean '" + nearest + "'?";
  }
}
