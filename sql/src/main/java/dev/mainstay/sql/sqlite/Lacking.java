package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.search.Language;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model asks for and SQLite does not have.
final class Lacking {
  static List<Fault> faults(Model model) {
    List<Fault> faults = new ArrayList<>();
    for (Table table : model.tables()) {
      if (table.origin() instanceof Table.Origin.View(SqlText query) && query.on("sqlite") == null)
        faults.add(fault(table, "the view " + table.name() + " has no SQL for sqlite", "Add one."));
      for (Table.Search document : table.searches())
        if (Language.named(document.language()) == null)
          faults.add(
              fault(
                  table,
                  "search document %s.%s: SQLite does not know the words of %s"
                      .formatted(table.name(), document.name(), document.language()),
                  "Use simple or english, or a PostgreSQL database."));
      for (Column column : table.columns()) {
        String problem = problem(table, column);
        if (problem != null)
          faults.add(
              fault(
                  table,
                  "column %s.%s: %s".formatted(table.name(), column.name(), problem),
                  "Use another type, or a PostgreSQL database."));
      }
    }
    for (Function function : model.functions()) function(function, faults);
    return faults;
  }

  private static void function(Function function, List<Fault> faults) {
    if (function.sql("sqlite") == null)
      faults.add(
          new Fault(
              function.position(),
              "the function " + function.name() + " has no SQL for sqlite",
              "Add one.",
              null));
    List<ColumnType> types = new ArrayList<>();
    for (Function.Argument argument : function.arguments()) types.add(argument.type());
    switch (function.result()) {
      case Function.Result.Scalar(ColumnType type, Function.Amount _) -> types.add(type);
      case Function.Result.Rows(Function.RowType.Own(List<Column> columns), Function.Amount _) ->
          columns.forEach(column -> types.add(column.type()));
      case Function.Result.Rows(Function.RowType.Of _, Function.Amount _),
          Function.Result.Nothing _ -> {}
    }
    for (ColumnType type : types) {
      String problem = lacking(type);
      if (problem != null)
        faults.add(
            new Fault(
                function.position(),
                "the function " + function.name() + ": " + problem,
                "Use another type, or a PostgreSQL database.",
                null));
    }
  }

  private static @Nullable String problem(Table table, Column column) {
    String lacking = lacking(column.type());
    if (lacking != null) return lacking;
    return switch (column.fill()) {
      case Fill.Identity _ when !table.primaryKey().equals(List.of(column.name())) ->
          "SQLite numbers rows only in a primary key of one column";
      case Fill.Generated(SqlText expression) when expression.on("sqlite") == null ->
          "its expression has no SQL for sqlite";
      default -> null;
    };
  }

  private static @Nullable String lacking(ColumnType type) {
    return switch (type) {
      case ColumnType.Native(String name, boolean _) -> "SQLite has no type " + name;
      case ColumnType.Decimal(int precision, int _) when precision > 18 ->
          "SQLite keeps decimals of at most 18 digits";
      case ColumnType.ArrayOf(ColumnType element) -> lacking(element);
      default -> null;
    };
  }

  private static Fault fault(Table table, String message, String hint) {
    return new Fault(table.position(), message, hint, null);
  }

  private Lacking() {}
}
