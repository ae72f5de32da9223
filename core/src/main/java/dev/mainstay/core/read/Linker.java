package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what each foreign key refers to, gives columns without a type the one they refer to, and
/// checks that both ends fit.
final class Linker {
  private final Scope scope;
  private final Map<TableName, Draft> drafts = new LinkedHashMap<>();
  private final List<Link> links = new ArrayList<>();

  Linker(Scope scope, List<Draft> drafts) {
    this.scope = scope;
    for (Draft draft : drafts) this.drafts.put(draft.name, draft);
  }

  /// Every foreign key whose two ends exist, in the order they were declared. What is wrong with
  /// one is noted; it is left out then, and its relations count as broken.
  List<Link> links() {
    for (Draft draft : drafts.values())
      for (Draft.Reference reference : draft.references) {
        Link link = link(draft, reference);
        if (link != null) links.add(link);
        else leaveOut(draft, reference);
      }
    infer();
    for (Draft draft : drafts.values())
      for (Draft.Column column : draft.columns.values())
        if (column.type == null) scope.broken.add(column.name.text());
    links.removeIf(link -> !fits(link));
    return links;
  }

  private void leaveOut(Draft draft, Draft.Reference reference) {
    scope.broken.add(draft.name.name());
    if (reference.forward() != null) scope.broken.add(reference.forward().text());
    if (reference.backward() != null) scope.broken.add(reference.backward().text());
    for (Name name : reference.columns()) {
      String text = name.text();
      Draft.Column column = draft.columns.get(text);
      if (column == null || column.type == null) scope.broken.add(text);
      if (text.endsWith("_id")) scope.broken.add(text.substring(0, text.length() - "_id".length()));
    }
  }

  private @Nullable Link link(Draft from, Draft.Reference reference) {
    if (!hasColumns(from, reference.columns())) return null;
    Target target = target(from, reference.target());
    if (target == null) return null;
    if (target.table.isView() && !from.isView()) {
      scope.faults.add(
          reference.target().position(),
          "'" + target.table.title() + "' is a view, and a foreign key refers to a table");
      return null;
    }
    List<String> columns = targetColumns(target, reference);
    if (columns == null) return null;
    if (columns.size() != reference.columns().size()) {
      scope.faults.add(
          reference.target().position(),
          Faults.counted(reference.columns().size(), "column")
              + " cannot refer to "
              + Faults.counted(columns.size(), "column")
              + ": "
              + String.join(", ", columns));
      return null;
    }
    return new Link(from, reference, target.table, columns);
  }

  private boolean hasColumns(Draft draft, List<Name> names) {
    boolean all = true;
    for (Name name : names)
      if (!draft.columns.containsKey(name.text())) {
        Resolver.unknownColumn(scope, draft, name);
        all = false;
      }
    return all;
  }

  private record Target(Draft table, @Nullable String column) {}

  /// `table`, `table.column`, `schema.table` or `schema.table.column`; the table's own schema comes
  /// before the default one.
  private @Nullable Target target(Draft from, Name name) {
    String[] parts = name.text().split("\\.", -1);
    Draft first = near(from, parts[0]);
    if (first != null && parts.length <= 2)
      return new Target(first, parts.length == 2 ? parts[1] : null);
    if (parts.length == 2 || parts.length == 3) {
      Draft draft = drafts.get(new TableName(parts[0], parts[1]));
      if (draft != null) return new Target(draft, parts.length == 3 ? parts[2] : null);
    }
    if (scope.broken.contains(parts[0]) || scope.broken.contains(name.text())) return null;
    List<String> titles = drafts.values().stream().map(Draft::title).toList();
    String nearest = parts.length == 2 ? Nearest.to(parts[0], titles) : null;
    if (nearest != null)
      scope.faults.add(
          name.position(),
          "unknown table '" + parts[0] + "'",
          "did you mean '" + nearest + "." + parts[1] + "'?");
    else scope.faults.unknown(name.position(), "table", name.text(), titles);
    return null;
  }

  private @Nullable Draft near(Draft from, String table) {
    Draft own = drafts.get(new TableName(from.name.schema(), table));
    return own != null ? own : drafts.get(TableName.inDefaultSchema(table));
  }

  private @Nullable List<String> targetColumns(Target target, Draft.Reference reference) {
    Position position = reference.target().position();
    List<Name> named = new ArrayList<>(reference.targetColumns());
    if (target.column != null) {
      if (!named.isEmpty()) {
        scope.faults.add(
            position,
            "the column referred to is named twice",
            "leave '." + target.column + "' out");
        return null;
      }
      named.add(new Name(target.column, position));
    }
    if (named.isEmpty() && target.table.primaryKey != null) {
      List<Name> key = target.table.primaryKey.columns();
      boolean sound =
          !key.isEmpty() && key.stream().allMatch(c -> target.table.columns.containsKey(c.text()));
      return sound ? key.stream().map(Name::text).toList() : null;
    }
    if (named.isEmpty()) {
      if (target.table.isView())
        scope.faults.add(
            position,
            "view '" + target.table.title() + "' has no primary key",
            "name the column: references: " + target.table.title() + ".id");
      return null;
    }
    return hasColumns(target.table, named) ? named.stream().map(Name::text).toList() : null;
  }

  /// Gives referring columns that have no type the one they refer to, until that changes nothing:
  /// the type referred to may itself have to be found first. Columns that are left without one
  /// refer to each other in a circle, or to a column whose own fault is noted already.
  private void infer() {
    for (boolean again = true; again; ) {
      again = false;
      for (Link link : links)
        for (int i = 0; i < link.targetColumns().size(); i++) {
          Draft.Column column = column(link.from(), link.written().columns().get(i).text());
          if (column.type != null) continue;
          Draft.Column referred = column(link.target(), link.targetColumns().get(i));
          column.type = referred.type;
          boolean breaks = referred.type == null && scope.broken.contains(referred.name.text());
          again |= column.type != null || (breaks && scope.broken.add(column.name.text()));
        }
    }
    for (Link link : links)
      for (Name name : link.written().columns()) {
        Draft.Column column = column(link.from(), name.text());
        if (column.type == null && scope.broken.add(name.text()))
          scope.faults.add(
              column.name.position(),
              "column '" + name + "' has no type, nor has the one it refers to",
              "add a type: to one of them");
      }
  }

  private boolean fits(Link link) {
    boolean fits = isKey(link);
    for (int i = 0; i < link.columns().size(); i++) {
      ColumnType type = column(link.from(), link.columns().get(i)).type;
      ColumnType referred = column(link.target(), link.targetColumns().get(i)).type;
      if (type == null || referred == null) {
        fits = false;
      } else if (!type.equals(referred)) {
        String title = link.target().title() + "." + link.targetColumns().get(i);
        scope.faults.add(
            link.written().target().position(),
            "'" + link.columns().get(i) + "' is " + type + ", but '" + title + "' is " + referred,
            "give both the same type; without type: a column takes the one it refers to");
        fits = false;
      }
    }
    actions(link, link.written().onDelete());
    actions(link, link.written().onUpdate());
    if (!fits) leaveOut(link.from(), link.written());
    return fits;
  }

  private boolean isKey(Link link) {
    Draft target = link.target();
    Set<String> wanted = Set.copyOf(link.targetColumns());
    var keys = new ArrayList<>(target.uniques);
    if (target.primaryKey != null) keys.add(target.primaryKey);
    for (Draft.Key key : keys)
      if (key.columns().size() == link.targetColumns().size()
          && key.columns().stream().allMatch(name -> wanted.contains(name.text()))) return true;
    String columns = String.join(", ", link.targetColumns());
    boolean single = link.targetColumns().size() == 1;
    scope.faults.add(
        link.written().target().position(),
        (single
                ? "'" + target.title() + "." + columns + "' is"
                : "(" + columns + ") of '" + target.title() + "' is")
            + " neither the primary key nor unique",
        single
            ? "refer to the primary key, or add unique: true to '" + columns + "'"
            : "refer to the primary key, or add unique: [["
                + columns
                + "]] to '"
                + target.title()
                + "'");
    return false;
  }

  private void actions(Link link, OnChange action) {
    for (Name name : link.written().columns()) {
      Draft.Column column = column(link.from(), name.text());
      if (action == OnChange.SET_NULL && !column.nullable)
        scope.faults.add(
            name.position(),
            "'" + name + "' would be set to null, but is never null",
            "make its type nullable with a '?', or choose another action");
      if (action == OnChange.SET_DEFAULT && !column.nullable && column.defaulted == null)
        scope.faults.add(
            name.position(),
            "'" + name + "' would be set to its default, but has none",
            "add default:, or choose another action");
      if (column.fill instanceof Fill.Generated
          && action != OnChange.NO_ACTION
          && action != OnChange.RESTRICT)
        scope.faults.add(name.position(), "'" + name + "' is generated, so no action can set it");
    }
  }

  private static Draft.Column column(Draft draft, String name) {
    Draft.Column column = draft.columns.get(name);
    if (column == null) throw new IllegalStateException(draft.name + " has no column " + name);
    return column;
  }
}
