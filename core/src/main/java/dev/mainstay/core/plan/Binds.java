package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;

/// Collects the values of a plan under way and hands out their slots.
final class Binds {
  private final List<Value> values = new ArrayList<>();

  Expr.Bind bind(Value value, ColumnType type) {
    values.add(value);
    return new Expr.Bind(values.size() - 1, type);
  }

  List<Value> values() {
    return values;
  }
}
