package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.query.Value;
import java.util.List;

/// The value that a claim of the caller has as a column type; null when it is absent or does not
/// convert, so that a comparison with it is unknown.
public final class ClaimValue {
  public static Value of(Caller caller, List<String> path, ColumnType type) {
    return switch (caller) {
      case Caller.Inside _ -> Value.NULL;
      case Caller.Outside outside -> {
        Object claim = outside.claims().at(path);
        yield claim instanceof String text && type instanceof ColumnType.Text
            ? new Value.Text(text)
            : Value.NULL;
      }
    };
  }

  private ClaimValue() {}
}
