package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
import java.util.ArrayList;
import java.util.List;

/// Which operators a filter on a column can have (`WIRE.md` §1.4).
final class Filters {
  private static final List<String> COMPARISONS =
      List.of("eq", "neq", "gt", "gte", "lt", "lte", "in", "is", "isdistinct");

  /// Of full-text search, on documents.
  static final List<String> SEARCHES = List.of("fts", "plfts", "phfts", "wfts");

  private Filters() {}

  static List<String> operators(ColumnType type) {
    List<String> operators = new ArrayList<>(COMPARISONS);
    switch (type) {
      case ColumnType.Text _, ColumnType.Varchar _ ->
          operators.addAll(List.of("like", "ilike", "match", "imatch"));
      case ColumnType.ArrayOf _ -> {
        operators.remove("in");
        operators.addAll(List.of("cs", "cd", "ov"));
      }
      case ColumnType.Json _ -> operators.addAll(List.of("cs", "cd"));
      case ColumnType.Bool _,
          ColumnType.Whole _,
          ColumnType.Decimal _,
          ColumnType.Floating _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Time _,
          ColumnType.Timestamp _,
          ColumnType.TimestampTz _,
          ColumnType.Interval _,
          ColumnType.Bytea _,
          ColumnType.Enumerated _ -> {}
      // Which it has is for its engine to say.
      case ColumnType.Native _ -> {
        return List.of("eq", "neq", "in", "is", "isdistinct");
      }
    }
    return operators;
  }
}
