package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a model asks for and PostgreSQL does not have: little.
final class Lacking {
  /// PostgreSQL cuts longer names without a word.
  private static final int NAME_BYTES = 63;

  private static final int DIGITS = 1000;

  private final List<Fault> faults = new ArrayList<>();

  private Lacking() {}

  static List<Fault> faults(Model model) {
    Lacking lacking = new Lacking();
    for (ColumnType.Enumerated type : model.enums()) {
      lacking.name(Position.NONE, type.name());
      for (String label : type.labels()) lacking.name(Position.NONE, label);
    }
    for (Table table : model.tables()) lacking.table(table);
    for (Function function : model.functions())
      if (function.sql("postgres") == null)
        lacking.add(
            function.position(),
            "the function " + function.name() + " has no SQL for postgres",
            "Add one.");
    return lacking.faults;
  }

  private void table(Table table) {
    Position at = table.position();
    name(at, table.name().schema());
    name(at, table.name().name());
    if (!table.isView()) name(at, table.name().name() + "_pkey");
    if (table.origin() instanceof Table.Origin.View(SqlText query) && query.on("postgres") == null)
      add(at, "the view " + table.name() + " has no SQL for postgres", "Add one.");
    for (Column column : table.columns()) {
      name(at, column.name());
      if (column.fill() instanceof Fill.Generated(SqlText expression)
          && expression.on("postgres") == null)
        add(
            at,
            "column %s.%s: its expression has no SQL for postgres"
                .formatted(table.name(), column.name()),
            "Add one.");
      if (column.type() instanceof ColumnType.Decimal(int precision, int _) && precision > DIGITS)
        add(
            at,
            "column %s.%s: PostgreSQL keeps decimals of at most %d digits"
                .formatted(table.name(), column.name(), DIGITS),
            "Use another type.");
    }
    for (Table.Unique unique : table.uniques()) name(at, unique.name());
    for (Table.Check check : table.checks()) name(at, check.name());
    for (ForeignKey key : table.foreignKeys()) name(at, key.name());
    for (Index index : table.indexes()) name(at, index.name());
    for (Table.Search document : table.searches()) name(at, document.name());
  }

  private void name(Position at, String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES)
      add(
          at,
          "PostgreSQL keeps names of at most " + NAME_BYTES + " bytes: " + name,
          "Give it a shorter one.");
  }

  private void add(Position at, String message, String hint) {
    faults.add(new Fault(at, message, hint, null));
  }
}
