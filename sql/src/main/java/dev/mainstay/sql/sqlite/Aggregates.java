package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Asked;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Aggregates over stored values, that answer what PostgreSQL answers.
///
/// A 64-bit sum is added up by SQLite itself in two halves, which cannot overflow, and put together
/// by one call a group: several times as fast as a call a row. Of what SQLite has no sum or order
/// for, [HostAggregates] has one.
final class Aggregates {
  static Sql sql(Asked.Aggregate function, @Nullable Term of, ColumnType type) {
    if (of == null) return Sql.raw("count(*)");
    return switch (function) {
      case COUNT -> Sql.of("count({})", of.sql());
      case SUM -> sum(of);
      case AVG -> average(of);
      case MAX -> extreme("max", of);
      case MIN -> extreme("min", of);
    };
  }

  private static Sql sum(Term of) {
    return switch (of.type()) {
      case ColumnType.Whole(int bits) when bits < 64 -> Sql.of("sum({})", of.sql());
      case ColumnType.Whole _ -> exact("ms_sum", of, 0, "");
      case ColumnType.Decimal(int _, int scale) -> exact("ms_sum", of, scale, "");
      case ColumnType.Floating(int bits) ->
          Sql.of("ms_sum_float{}({})", Sql.raw("" + bits), of.sql());
      case ColumnType.Interval _, ColumnType.Time _ -> Sql.of("ms_sum_interval({})", of.sql());
      default -> Sql.of("ms_sum_numeric({})", of.sql());
    };
  }

  private static Sql average(Term of) {
    return switch (of.type()) {
      case ColumnType.Whole _ -> exact("ms_avg", of, 0, ", count({})");
      case ColumnType.Decimal(int _, int scale) -> exact("ms_avg", of, scale, ", count({})");
      case ColumnType.Floating(int bits) ->
          Sql.of("ms_avg_float{}({})", Sql.raw("" + bits), of.sql());
      case ColumnType.Interval _, ColumnType.Time _ -> Sql.of("ms_avg_interval({})", of.sql());
      default -> Sql.of("ms_avg_numeric({})", of.sql());
    };
  }

  private static Sql exact(String function, Term of, int scale, String more) {
    Sql count = more.isEmpty() ? Sql.raw("") : Sql.of(more, of.sql());
    return Sql.of(
        function + "(sum({} >> 32), sum({} & 4294967295), " + scale + "{})",
        of.sql(),
        of.sql(),
        count);
  }

  private static Sql extreme(String function, Term of) {
    return switch (of.type()) {
      case ColumnType.Enumerated(String _, String _, List<String> labels) -> {
        List<Sql> cases = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++)
          cases.add(Sql.raw(" WHEN " + i + " THEN " + SqliteDialect.text(labels.get(i))));
        yield Sql.of(
            "CASE " + function + "({}){} END",
            Comparison.sortKey(of.sql(), of.type()),
            Sql.join("", cases));
      }
      case ColumnType.Interval _ -> Sql.of("ms_" + function + "_interval({})", of.sql());
      case ColumnType.ArrayOf _ -> Sql.of("ms_" + function + "_list({})", of.sql());
      case ColumnType.Native _ -> Sql.of("ms_" + function + "_numeric({})", of.sql());
      default -> Sql.of(function + "({})", of.sql());
    };
  }

  private Aggregates() {}
}
