package dev.mainstay.core.advice;

import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Indexes that nothing has used while there was enough to use them for. Those that keep values
/// unique, and those that a foreign key or a policy would miss, are none of them.
final class UnusedIndexes {
  private static final int DAYS = 7;
  private static final int TABLE_READS = 1000;

  /// A smaller table is read whole, whatever indexes it has.
  private static final int ROWS = 1000;

  private UnusedIndexes() {}

  static List<Advice> of(Model model, Rules rules, List<IndexUse> uses) {
    List<Advice> advice = new ArrayList<>();
    for (IndexUse use : uses) {
      Table table = model.table(use.table());
      Index index = table == null ? null : index(table, use.index());
      if (table == null || index == null || index.unique()) continue;
      boolean isTold =
          use.scans() == 0
              && use.days() >= DAYS
              && use.tableReads() >= TABLE_READS
              && use.rows() >= ROWS;
      if (isTold && !isMissed(table, index, model, rules)) advice.add(advice(table, use));
    }
    return advice;
  }

  private static Advice advice(Table table, IndexUse use) {
    return new Advice(
        Code.UNUSED_INDEX,
        Subject.of(table.name(), use.index()),
        table.position(),
        String.format(
            Locale.ROOT,
            "index '%s' of '%s' was not used once in %d days, while the table was read %,d times",
            use.index(),
            table.name().title(),
            use.days(),
            use.tableReads()),
        "take it out: every write keeps it up",
        null);
  }

  private static @Nullable Index index(Table table, String name) {
    for (Index index : table.indexes()) if (index.name().equals(name)) return index;
    return null;
  }

  private static boolean isMissed(Table table, Index index, Model model, Rules rules) {
    Table without =
        table.withIndexes(table.indexes().stream().filter(other -> !other.equals(index)).toList());
    List<Table> tables = new ArrayList<>();
    for (Table other : model.tables())
      tables.add(other.name().equals(table.name()) ? without : other);
    Set<String> missing = new HashSet<>();
    for (Advice advice : MissingIndexes.of(model.withTables(tables), rules))
      missing.add(advice.key());
    for (Advice advice : MissingIndexes.of(model, rules)) missing.remove(advice.key());
    return !missing.isEmpty();
  }
}
