package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Function.Result;
import dev.mainstay.core.model.Function.RowType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Made-up tables for what functions return that is like no table of the model.
final class Results {
  /// PostgREST's name for the only column of a value.
  static final String SCALAR = "pgrst_scalar";

  private Results() {}

  /// The table, or null when the function returns nothing, or rows of a table that exists.
  static @Nullable Table own(Function function) {
    return switch (function.result()) {
      case Result.Nothing _ -> null;
      case Result.Scalar scalar ->
          table(
              function,
              List.of(
                  new Column(
                      SCALAR,
                      scalar.type(),
                      true,
                      new Fill.Nothing(),
                      List.of(),
                      List.of(),
                      null)));
      case Result.Rows(RowType.Of _, Function.Amount _) -> null;
      case Result.Rows(RowType.Own(List<Column> columns), Function.Amount _) ->
          table(function, columns);
    };
  }

  /// In a schema that cannot be: the name of one holds no dot.
  static TableName name(Function function) {
    Function.Signature signature = function.signature();
    return new TableName(
        signature + " of " + String.join(", ", signature.types()), function.name().name());
  }

  private static Table table(Function function, List<Column> columns) {
    return Table.ofColumns(name(function), columns, function.comment(), function.position());
  }
}
