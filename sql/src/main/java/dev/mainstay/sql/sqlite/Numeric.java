package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.sql.Division;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;

/// Exact numbers of any size, as PostgreSQL's `numeric` writes them; nothing is stored as one, sums
/// and averages are.
final class Numeric {
  static boolean is(ColumnType type) {
    return type instanceof ColumnType.Native(String name, boolean _) && name.equals("numeric");
  }

  static void addTo(Connection connection) throws SQLException {
    HostFunctions.add(
        connection, "ms_sum", 3, a -> sum(a.whole(0), a.whole(1), a.whole(2)).toPlainString());
    HostFunctions.add(
        connection,
        "ms_avg",
        4,
        a ->
            Division.quotient(
                    sum(a.whole(0), a.whole(1), a.whole(2)), BigDecimal.valueOf(a.whole(3)))
                .toPlainString());
  }

  /// What was added up in halves of 32 bits.
  private static BigDecimal sum(long high, long low, long scale) {
    BigInteger sum = BigInteger.valueOf(high).shiftLeft(32).add(BigInteger.valueOf(low));
    return new BigDecimal(sum, (int) scale);
  }

  private Numeric() {}
}
