package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Schema;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The views of a transition: which of them are made anew. What they read cannot change beneath
/// them.
final class Views {
  /// Which view reads which table, view or type. A table's own type is the table.
  private static final String READS =
      """
      SELECT vn.nspname || '.' || v.relname, rn.nspname || '.' || r.relname
      FROM pg_rewrite w
      JOIN pg_class v ON v.oid = w.ev_class AND v.relkind = 'v'
      JOIN pg_namespace vn ON vn.oid = v.relnamespace AND vn.nspname NOT IN ('pg_catalog', 'information_schema')
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
      JOIN pg_class r ON r.oid = d.refobjid
      JOIN pg_namespace rn ON rn.oid = r.relnamespace
      UNION
      SELECT vn.nspname || '.' || v.relname, 'type ' || rn.nspname || '.' || t.typname
      FROM pg_rewrite w
      JOIN pg_class v ON v.oid = w.ev_class AND v.relkind = 'v'
      JOIN pg_namespace vn ON vn.oid = v.relnamespace
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        AND d.refclassid = 'pg_type'::regclass
      JOIN pg_type t ON t.oid = d.refobjid
      JOIN pg_namespace rn ON rn.oid = t.typnamespace\
      """;

  private final Transition transition;
  private final Set<String> dropped = new HashSet<>();
  private final List<Table> drops = new ArrayList<>();

  /// @param changed the things that change, by their names in the database; a type's as `type …`
  Views(Transition transition, Set<String> changed, Installation database) {
    this.transition = transition;
    Set<String> moving = new HashSet<>(changed);
    for (Table view : transition.before().tables())
      if (view.isView() && isThere(view) && !isKept(view)) moving.add(view.name().toString());
    spread(moving, database);
    for (Table view : transition.before().tables().reversed())
      if (view.isView() && isThere(view) && moving.contains(view.name().toString())) {
        drops.add(view);
        dropped.add(view.name().toString());
      }
  }

  /// Those to be dropped, the readers before what they read.
  List<Table> dropped() {
    return drops;
  }

  /// Those to be made, what is read before its readers.
  List<Table> made() {
    return transition.after().tables().stream()
        .filter(
            view -> view.isView() && (dropped.contains(view.name().toString()) || !isThere(view)))
        .toList();
  }

  private boolean isThere(Table view) {
    return transition.found().thing("view", view.name().toString()) != null;
  }

  private boolean isKept(Table view) {
    Table after = transition.after().table(view.name());
    if (after == null || !after.isView()) return false;
    String was = text(view);
    if (was == null || !was.equals(text(after))) return false;
    Schema left = transition.left();
    if (left == null) return true;
    Schema.Thing made = left.thing("view", view.name().toString());
    return made == null || made.equals(transition.found().thing("view", view.name().toString()));
  }

  private static @Nullable String text(Table view) {
    return view.origin() instanceof Table.Origin.View(SqlText query) ? query.on("postgres") : null;
  }

  /// What reads something that moves moves, too.
  private static void spread(Set<String> moving, Installation database) {
    if (moving.isEmpty()) return;
    Map<String, Set<String>> reads = reads(database);
    boolean isMore = true;
    while (isMore) {
      isMore = false;
      for (Map.Entry<String, Set<String>> view : reads.entrySet())
        if (view.getValue().stream().anyMatch(moving::contains))
          isMore |= moving.add(view.getKey());
    }
  }

  /// What each view reads; a type as `type …`.
  static Map<String, Set<String>> reads(Installation database) {
    ColumnType text = new ColumnType.Text();
    Map<String, Set<String>> reads = new HashMap<>();
    for (List<Value> row : database.values(Sql.raw(READS), List.of(text, text)))
      if (row.getFirst() instanceof Value.Text(String view)
          && row.getLast() instanceof Value.Text(String read))
        reads.computeIfAbsent(view, _ -> new HashSet<>()).add(read);
    return reads;
  }
}
