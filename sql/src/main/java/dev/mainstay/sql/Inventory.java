package dev.mainstay.sql;

import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import java.util.List;
import java.util.Map;

/// What a database holds, whoever has made it.
public interface Inventory {
  /// The tables, views, types and functions of some schemas, as a model.
  Model model(List<String> schemas);

  /// The queries of the views among them, in the engine's own SQL.
  Map<TableName, String> queries(List<String> schemas);

  /// What tells whether that may have changed: as long as it is the same, it has not. It costs much
  /// less than the model.
  String mark();
}
