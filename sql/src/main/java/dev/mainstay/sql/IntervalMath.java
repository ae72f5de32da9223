package dev.mainstay.sql;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/// What PostgreSQL reckons with intervals: months, days and microseconds each by themselves.
public final class IntervalMath {
  private IntervalMath() {}

  public static Value.Interval plus(Value.Interval one, Value.Interval other) {
    return new Value.Interval(
        one.months() + other.months(), one.days() + other.days(), one.micros() + other.micros());
  }

  public static Value.Interval times(Value.Interval interval, int factor) {
    return new Value.Interval(
        interval.months() * factor, interval.days() * factor, interval.micros() * factor);
  }

  /// A moment, moved by months, then days, then microseconds.
  public static LocalDateTime moved(LocalDateTime from, Value.Interval by) {
    LocalDateTime to =
        from.plusMonths(by.months()).plusDays(by.days()).plus(by.micros(), ChronoUnit.MICROS);
    if (to.getYear() < 1 || to.getYear() > 9999)
      throw new ProblemException(
          new Problem.Database("22008", "timestamp out of range", null, null));
    return to;
  }

  /// What has been added up, as an interval.
  public static Value.Interval sum(long months, long days, long micros) {
    if (months != (int) months || days != (int) days) throw outOfRange();
    return new Value.Interval((int) months, (int) days, micros);
  }

  /// What has been added up, divided. A part of a month becomes days of a thirtieth each, a part of
  /// a day becomes time; rounded to the microsecond where PostgreSQL rounds.
  public static Value.Interval average(long months, long days, long micros, long rows) {
    double count = rows;
    sum(months, days, micros);
    int wholeMonths = (int) (months / count);
    int wholeDays = (int) (days / count);
    double daysLeft = rounded((months / count - wholeMonths) * 30);
    double seconds = rounded((days / count - wholeDays + daysLeft - (int) daysLeft) * 86_400);
    if (Math.abs(seconds) >= 86_400) {
      int more = (int) (seconds / 86_400);
      wholeDays += more;
      seconds -= more * 86_400.0;
    }
    wholeDays += (int) daysLeft;
    return new Value.Interval(
        wholeMonths, wholeDays, (long) Math.rint(micros / count + seconds * 1_000_000));
  }

  private static double rounded(double seconds) {
    return Math.rint(seconds * 1_000_000) / 1_000_000;
  }

  public static ProblemException outOfRange() {
    return new ProblemException(new Problem.Database("22008", "interval out of range", null, null));
  }
}
