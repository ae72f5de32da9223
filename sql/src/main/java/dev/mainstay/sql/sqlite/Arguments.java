package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.ClaimReader;
import dev.mainstay.core.query.Regex;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Slot;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes into the placeholders of a plan's statements, in stored form.
///
/// @param values the plan's
/// @param now the time the request began
/// @param cells the row being inserted
/// @param keys the keys of the rows found or written before
/// @param result the rows a function's statement answered, as JSON
record Arguments(
    List<Value> values,
    Caller caller,
    Instant now,
    List<@Nullable Value> cells,
    List<List<Value>> keys,
    String result) {
  /// For statements without placeholders.
  static final Arguments NONE =
      new Arguments(List.of(), new Caller.Inside(), Instant.EPOCH, List.of(), List.of(), "[]");

  static Arguments of(Plan plan, Instant now) {
    return new Arguments(plan.values(), plan.caller(), now, List.of(), List.of(), "[]");
  }

  Arguments withCells(List<@Nullable Value> row) {
    return new Arguments(values, caller, now, row, keys, result);
  }

  Arguments withKeys(List<List<Value>> found) {
    return new Arguments(values, caller, now, cells, found, result);
  }

  Arguments withResult(String answered) {
    return new Arguments(values, caller, now, cells, keys, answered);
  }

  @Nullable Object at(Slot slot) {
    return switch (slot) {
      case Slot.Bound(int index, ColumnType type) -> Storage.stored(values.get(index), type);
      case Slot.Pattern(int index, ColumnType type) -> {
        requirePortable(values.get(index));
        yield Storage.stored(values.get(index), type);
      }
      case Slot.Claim(List<String> path, ColumnType type) ->
          Storage.stored(ClaimReader.read(type, claim(path)), type);
      case Slot.Cell(int column, ColumnType type) -> {
        Value cell = cells.get(column);
        yield cell == null ? null : Storage.stored(cell, type);
      }
      case Slot.Now(ColumnType type) -> Storage.stored(moment(type), type);
      case Slot.Keys(List<ColumnType> types) -> keys(types);
      case Slot.Result _ -> result;
      case Slot.Rows _ -> throw new IllegalStateException("rows are inserted one by one");
    };
  }

  /// What RE2 would read otherwise than PostgreSQL is refused, whatever the rows.
  private static void requirePortable(Value pattern) {
    switch (pattern) {
      case Value.Text(String regex) -> {
        Problem refusal = Regex.refusal(regex);
        if (refusal != null) throw new ProblemException(refusal);
      }
      case Value.ListOf(List<Value> patterns) -> patterns.forEach(Arguments::requirePortable);
      default -> {}
    }
  }

  private @Nullable Object claim(List<String> path) {
    return switch (caller) {
      case Caller.Outside(String _, Claims claims) -> claims.at(path);
      case Caller.Inside _ -> null;
    };
  }

  private Value moment(ColumnType type) {
    LocalDateTime utc = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    return switch (type) {
      case ColumnType.Date _ -> new Value.Date(utc.toLocalDate());
      case ColumnType.Time _ -> new Value.Time(utc.toLocalTime());
      case ColumnType.Timestamp _ -> new Value.Timestamp(utc);
      default -> new Value.TimestampTz(utc);
    };
  }

  private String keys(List<ColumnType> types) {
    StringBuilder json = new StringBuilder("[");
    for (List<Value> key : keys) {
      json.append(json.length() > 1 ? ",[" : "[");
      for (int i = 0; i < types.size(); i++) {
        if (i > 0) json.append(',');
        Storage.append(json, Storage.stored(key.get(i), types.get(i)));
      }
      json.append(']');
    }
    return json.append(']').toString();
  }
}
