package dev.mainstay.sql;

import dev.mainstay.core.model.Model;
import java.util.List;

/// What a database holds, whoever has made it.
public interface Inventory {
  /// The tables, views, types and functions of some schemas, as a model.
  Model model(List<String> schemas);

  /// What tells whether that may have changed: as long as it is the same, it has not. It costs much
  /// less than the model.
  String mark();
}
