package dev.mainstay.core.advice;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Columns by which rows are looked for again and again, and no index begins with them: those of
/// foreign keys (whoever deletes a row that is referred to, and every embed from that side, looks
/// for the rows that refer to it), and those that policies compare with the caller or follow.
final class MissingIndexes {
  private final Model model;
  private final Rules rules;
  private final Map<TableName, Indexes> indexes = new HashMap<>();

  /// Who looks for the rows of a table by some columns.
  private final Map<Lookups.Lookup, Set<String>> reasons = new LinkedHashMap<>();

  private MissingIndexes(Model model, Rules rules) {
    this.model = model;
    this.rules = rules;
    for (Table table : model.tables())
      if (!table.isView()) indexes.put(table.name(), new Indexes(table, rules));
  }

  static List<Advice> of(Model model, Rules rules) {
    MissingIndexes missing = new MissingIndexes(model, rules);
    for (Table table : model.tables()) missing.foreignKeys(table);
    for (Table table : model.tables()) missing.policies(table);
    List<Advice> advice = new ArrayList<>();
    missing.reasons.forEach((lookup, who) -> advice.add(missing.advice(lookup, who)));
    return advice;
  }

  private void foreignKeys(Table table) {
    Indexes here = indexes.get(table.name());
    if (here == null) return;
    for (ForeignKey key : table.foreignKeys()) {
      Table target = model.table(key.target());
      if (target == null || target.isView() || here.cover(key.columns(), areThere(table, key)))
        continue;
      missing(
          new Lookups.Lookup(table.name(), key.columns()),
          "the foreign key to '" + target.name().title() + "'");
    }
  }

  private static Filter areThere(Table table, ForeignKey key) {
    List<Filter> all = new ArrayList<>();
    for (String name : key.columns()) {
      Column column = table.column(name);
      if (column != null)
        all.add(Lookups.isThere(new Expr.Column(0, column.name(), column.type())));
    }
    return new Filter.And(all);
  }

  private void policies(Table table) {
    Set<Lookups.Lookup> lookups = new LinkedHashSet<>();
    for (Role role : model.roles()) {
      if (role.bypassesPolicies()) continue;
      Guard guard = rules.guard(table.name(), role);
      for (Filter filter : List.of(guard.read(), guard.updateOld(), guard.delete()))
        lookups.addAll(Lookups.missing(table.name(), filter, true, this::indexesOf));
      for (Filter filter : List.of(guard.insert(), guard.updateNew()))
        lookups.addAll(Lookups.missing(table.name(), filter, false, this::indexesOf));
    }
    for (Lookups.Lookup lookup : lookups)
      missing(lookup, "the policies of '" + table.name().title() + "'");
  }

  private @Nullable Indexes indexesOf(TableName table) {
    return indexes.get(table);
  }

  private void missing(Lookups.Lookup lookup, String who) {
    reasons.computeIfAbsent(lookup, _ -> new LinkedHashSet<>()).add(who);
  }

  private Advice advice(Lookups.Lookup lookup, Set<String> who) {
    Table table = model.table(lookup.table());
    if (table == null) throw new IllegalStateException("no table " + lookup.table());
    List<String> columns = lookup.columns();
    String entry = columns.size() == 1 ? Subject.yaml(columns.getFirst()) : Subject.yaml(columns);
    boolean isFirst = table.indexes().isEmpty();
    return new Advice(
        Code.MISSING_INDEX,
        Subject.of(table.name(), columns),
        table.position(),
        "no index of '%s' begins with %s: %s look%s for its rows by %s"
            .formatted(
                table.name().title(),
                Subject.quoted(columns),
                Subject.and(List.copyOf(who)),
                who.size() == 1 && who.iterator().next().startsWith("the foreign") ? "s" : "",
                columns.size() == 1 ? "it" : "them"),
        isFirst
            ? "add to '" + table.name().title() + "'"
            : "add to the indexes of '" + table.name().title() + "'",
        isFirst ? "indexes: [" + entry + "]" : "- " + entry);
  }
}
