package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.sql.Division;
import dev.mainstay.sql.IntervalMath;
import dev.mainstay.sql.SortKeys;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sums, averages and extremes that SQLite has not, or reckons otherwise than PostgreSQL: it adds
/// up floating-point numbers with compensation, PostgreSQL one after the other.
///
/// Nulls are left out, and nothing adds up to null.
final class HostAggregates {
  private static final ColumnType.Interval INTERVAL = new ColumnType.Interval();

  static void addTo(Connection connection) throws SQLException {
    add(connection, "ms_sum_float64", () -> new Floats(64, false));
    add(connection, "ms_sum_float32", () -> new Floats(32, false));
    add(connection, "ms_avg_float64", () -> new Floats(64, true));
    add(connection, "ms_avg_float32", () -> new Floats(32, true));
    add(connection, "ms_sum_interval", () -> new Intervals(false));
    add(connection, "ms_avg_interval", () -> new Intervals(true));
    add(connection, "ms_sum_numeric", () -> new Numbers(false));
    add(connection, "ms_avg_numeric", () -> new Numbers(true));
    add(connection, "ms_max_numeric", () -> new Extreme<>(BigDecimal::new, 1));
    add(connection, "ms_min_numeric", () -> new Extreme<>(BigDecimal::new, -1));
    add(connection, "ms_max_interval", () -> new Extreme<>(HostAggregates::intervalKey, 1));
    add(connection, "ms_min_interval", () -> new Extreme<>(HostAggregates::intervalKey, -1));
    add(connection, "ms_max_list", () -> new Extreme<>(text -> Key.of(SortKeys.list(text)), 1));
    add(connection, "ms_min_list", () -> new Extreme<>(text -> Key.of(SortKeys.list(text)), -1));
  }

  private static void add(Connection connection, String name, Supplier<Total> total)
      throws SQLException {
    org.sqlite.Function.create(
        connection, name, new Host(total), 1, org.sqlite.Function.FLAG_DETERMINISTIC);
  }

  private static Key intervalKey(String text) {
    return Key.of(SortKeys.interval(interval(text)));
  }

  private static Value.Interval interval(String text) {
    return (Value.Interval) ValueReader.read(INTERVAL, text);
  }

  /// What has been added up so far of one group.
  private interface Total {
    void add(Given given) throws SQLException;

    Object result();
  }

  /// The value of a row, not null.
  private interface Given {
    String text() throws SQLException;

    double real() throws SQLException;
  }

  /// One after the other, in the width of the type. PostgreSQL's average also keeps the sum of
  /// squares, and what overflows that is refused.
  private static final class Floats implements Total {
    private final int bits;
    private final boolean averages;
    private double count;
    private double sum;
    private double squares;

    Floats(int bits, boolean averages) {
      this.bits = bits;
      this.averages = averages;
    }

    @Override
    public void add(Given given) throws SQLException {
      double value = bits == 32 ? (float) given.real() : given.real();
      double before = sum;
      count++;
      sum = bits == 32 && !averages ? (float) (sum + value) : sum + value;
      if (averages && count > 1) {
        double off = value * count - sum;
        squares += off * off / (count * (count - 1));
      }
      if (Double.isFinite(before) && Double.isFinite(value))
        if (Double.isInfinite(sum) || Double.isInfinite(squares))
          throw new ProblemException(
              new Problem.Database("22003", "value out of range: overflow", null, null));
    }

    @Override
    public Object result() {
      return averages ? sum / count : sum;
    }
  }

  private static final class Intervals implements Total {
    private final boolean averages;
    private long count;
    private long months;
    private long days;
    private long micros;

    Intervals(boolean averages) {
      this.averages = averages;
    }

    @Override
    public void add(Given given) throws SQLException {
      Value.Interval interval = interval(given.text());
      count++;
      months += interval.months();
      days += interval.days();
      try {
        micros = Math.addExact(micros, interval.micros());
      } catch (ArithmeticException e) {
        throw IntervalMath.outOfRange();
      }
    }

    @Override
    public Object result() {
      return ValueText.text(
          INTERVAL,
          averages
              ? IntervalMath.average(months, days, micros, count)
              : IntervalMath.sum(months, days, micros));
    }
  }

  private static final class Numbers implements Total {
    private final boolean averages;
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    Numbers(boolean averages) {
      this.averages = averages;
    }

    @Override
    public void add(Given given) throws SQLException {
      sum = sum.add(new BigDecimal(given.text()));
      count++;
    }

    @Override
    public Object result() {
      return (averages ? Division.quotient(sum, BigDecimal.valueOf(count)) : sum).toPlainString();
    }
  }

  /// The text whose key is greatest, or with `sign` -1 least; the first of equal ones.
  private static final class Extreme<K extends Comparable<? super K>> implements Total {
    private final Function<String, K> key;
    private final int sign;
    private @Nullable K best;
    private String text = "";

    Extreme(Function<String, K> key, int sign) {
      this.key = key;
      this.sign = sign;
    }

    @Override
    public void add(Given given) throws SQLException {
      String candidate = given.text();
      K its = key.apply(candidate);
      if (best != null && its.compareTo(best) * sign <= 0) return;
      best = its;
      text = candidate;
    }

    @Override
    public Object result() {
      return text;
    }
  }

  /// Bytes that sort as [SortKeys] makes them.
  private record Key(byte[] bytes) implements Comparable<Key> {
    static Key of(byte[] bytes) {
      return new Key(bytes);
    }

    @Override
    public int compareTo(Key other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }
  }

  /// SQLite's side of it; the driver makes a copy for each group.
  private static final class Host extends org.sqlite.Function.Aggregate implements Given {
    private static final int NULL = 5;
    private final Supplier<Total> totals;
    private @Nullable Total total;

    Host(Supplier<Total> totals) {
      this.totals = totals;
    }

    @Override
    protected void xStep() throws SQLException {
      if (value_type(0) == NULL) return;
      Total now = total;
      if (now == null) {
        now = totals.get();
        total = now;
      }
      try {
        now.add(this);
      } catch (ProblemException e) {
        error(HostFunctions.raising(e));
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      Total now = total;
      if (now == null) {
        result();
        return;
      }
      try {
        if (now.result() instanceof Double number) result(number.doubleValue());
        else result(now.result().toString());
      } catch (ProblemException e) {
        error(HostFunctions.raising(e));
      }
    }

    @Override
    public String text() throws SQLException {
      return value_text(0);
    }

    @Override
    public double real() throws SQLException {
      return value_double(0);
    }
  }

  private HostAggregates() {}
}
