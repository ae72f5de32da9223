package dev.mainstay.core.problem;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The name somebody probably meant: the one fewest typing slips away from what they wrote.
///
/// A slip is a character too many, missing or wrong, or two neighbours swapped (Damerau's
/// distance); case does not count. One slip in three characters is forgiven, and never all of them,
/// so that nothing far-fetched is suggested. Names a caller may not know of must not be passed in.
public final class Nearest {
  /// Longer names are not compared: they come from a caller, and the work grows with the square.
  private static final int LONGEST = 100;

  private Nearest() {}

  /// The nearest of `names`, the first of several equally near, or null when none is near enough.
  public static @Nullable String to(String written, Collection<String> names) {
    if (written.isEmpty() || written.length() > LONGEST) return null;
    String wanted = written.toLowerCase(Locale.ROOT);
    int limit = Math.min(Math.max(1, (wanted.length() + 1) / 3), wanted.length() - 1);
    String best = null;
    for (String name : names) {
      if (Math.abs(name.length() - wanted.length()) > limit) continue;
      int slips = slips(wanted, name.toLowerCase(Locale.ROOT));
      if (slips > limit || (best != null && slips == limit)) continue;
      best = name;
      limit = slips;
    }
    return best;
  }

  private static int slips(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) last[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int slips = Math.min(last[j - 1] + wrong, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) slips = Math.min(slips, beforeLast[j - 2] + 1);
        row[j] = slips;
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
