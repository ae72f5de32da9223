package dev.mainstay.core.testing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where two JSON values differ, each difference as a line that begins with its place: `[2].total`.
///
/// Rows, those of embeds among them, have no order but one that was asked for. Numbers are compared
/// by their value. A row that is nearly another is compared with it, member by member.
final class Comparison {
  /// More pairs of rows are not searched for the likeliest.
  private static final int MOST_PAIRS = 40_000;

  private final Set<String> ordered;
  private final List<String> lines = new ArrayList<>();

  /// A place: as shown, and the keys alone, which an order is asked for by.
  private record Place(String shown, String keys) {
    Place member(String key) {
      return new Place(
          shown.isEmpty() ? key : shown + "." + key, keys.isEmpty() ? key : keys + "." + key);
    }

    Place element(int index) {
      return new Place(shown + "[" + index + "]", keys);
    }

    String line(String difference) {
      return shown.isEmpty() ? difference : shown + ": " + difference;
    }
  }

  private Comparison(Set<String> ordered) {
    this.ordered = ordered;
  }

  /// @param ordered the embeds, by their keys with dots between, whose order counts; the empty text
  ///   for the rows themselves
  static List<String> of(JsonNode expected, JsonNode seen, Set<String> ordered) {
    var comparison = new Comparison(ordered);
    comparison.compare(expected, seen, new Place("", ""));
    return comparison.lines;
  }

  /// Whether two values without rows in them are the same.
  static boolean same(JsonNode one, JsonNode other) {
    return new Comparison(Set.of()).same(one, other, new Place("", ""));
  }

  private void compare(JsonNode expected, JsonNode seen, Place at) {
    if (expected.isObject() && seen.isObject()) compareMembers(expected, seen, at);
    else if (expected.isArray() && seen.isArray()) compareLists(expected, seen, at);
    else if (!same(expected, seen, at)) lines.add(at.line(Shown.difference(expected, seen)));
  }

  private void compareMembers(JsonNode expected, JsonNode seen, Place at) {
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      Place there = at.member(member.getKey());
      JsonNode own = seen.get(member.getKey());
      if (own != null) compare(member.getValue(), own, there);
      else lines.add(there.line("expected " + Shown.of(member.getValue()) + ", not there"));
    }
    for (Map.Entry<String, JsonNode> member : seen.properties())
      if (!expected.has(member.getKey()))
        lines.add(
            at.member(member.getKey()).line("not expected, seen " + Shown.of(member.getValue())));
  }

  private void compareLists(JsonNode expected, JsonNode seen, Place at) {
    if (same(expected, seen, at)) return;
    if (!isRows(expected, seen, at)) {
      compareElements(expected, seen, at);
      return;
    }
    var without = new BitSet();
    List<Integer> missing = unmatched(expected, seen, at, without);
    List<Integer> extra = without.stream().boxed().toList();
    if (missing.isEmpty() && extra.isEmpty()) {
      compareOrder(expected, seen, at);
      return;
    }
    if (expected.size() != seen.size())
      lines.add(at.line(rows(expected.size()) + " expected, " + seen.size() + " seen"));
    List<Pair> pairs = pairs(expected, seen, missing, extra, at);
    for (Pair pair : pairs)
      compare(expected.get(pair.expected()), seen.get(pair.seen()), at.element(pair.expected()));
    for (int i : missing)
      if (pairs.stream().noneMatch(pair -> pair.expected() == i))
        lines.add(at.element(i).line("missing " + Shown.of(expected.get(i))));
    for (int i : extra)
      if (pairs.stream().noneMatch(pair -> pair.seen() == i))
        lines.add(at.line("not expected " + Shown.of(seen.get(i))));
  }

  private void compareElements(JsonNode expected, JsonNode seen, Place at) {
    int both = Math.min(expected.size(), seen.size());
    for (int i = 0; i < both; i++) compare(expected.get(i), seen.get(i), at.element(i));
    for (int i = both; i < expected.size(); i++)
      lines.add(at.element(i).line("missing " + Shown.of(expected.get(i))));
    for (int i = both; i < seen.size(); i++)
      lines.add(at.element(i).line("not expected " + Shown.of(seen.get(i))));
  }

  /// The rows are the same, but stand elsewhere.
  private void compareOrder(JsonNode expected, JsonNode seen, Place at) {
    for (int i = 0; i < expected.size(); i++) {
      if (same(expected.get(i), seen.get(i), at)) continue;
      String difference = Shown.difference(expected.get(i), seen.get(i));
      lines.add(at.element(i).line("in another order: " + difference));
      return;
    }
  }

  /// The expected rows that no seen one is the same as.
  ///
  /// @param rest is told of the seen rows that are left over
  private List<Integer> unmatched(JsonNode expected, JsonNode seen, Place at, BitSet rest) {
    rest.set(0, seen.size());
    var missing = new ArrayList<Integer>();
    for (int i = 0; i < expected.size(); i++) {
      int found = rest.nextSetBit(0);
      while (found >= 0 && !same(expected.get(i), seen.get(found), at))
        found = rest.nextSetBit(found + 1);
      if (found >= 0) rest.clear(found);
      else missing.add(i);
    }
    return missing;
  }

  private record Pair(int expected, int seen, int alike) {}

  /// Which of the rows that are left are likely meant to be the same, in the order of the expected.
  private List<Pair> pairs(
      JsonNode expected, JsonNode seen, List<Integer> missing, List<Integer> extra, Place at) {
    if ((long) missing.size() * extra.size() > MOST_PAIRS) return List.of();
    boolean onlyOne = missing.size() == 1 && extra.size() == 1;
    var likely = new ArrayList<Pair>();
    for (int i : missing)
      for (int j : extra) {
        Pair pair = pair(expected.get(i), seen.get(j), i, j, at);
        if (pair != null && (onlyOne || 2 * pair.alike() >= expected.get(i).size()))
          likely.add(pair);
      }
    likely.sort(Comparator.comparingInt(pair -> -pair.alike()));
    var pairs = new ArrayList<Pair>();
    for (Pair pair : likely)
      if (pairs.stream().noneMatch(p -> p.expected() == pair.expected() || p.seen() == pair.seen()))
        pairs.add(pair);
    pairs.sort(Comparator.comparingInt(Pair::expected));
    return pairs;
  }

  private @Nullable Pair pair(JsonNode expected, JsonNode seen, int i, int j, Place at) {
    if (!expected.isObject() || !seen.isObject()) return null;
    int alike = 0;
    boolean related = false;
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      JsonNode own = seen.get(member.getKey());
      if (own == null) continue;
      related = true;
      if (same(member.getValue(), own, at.member(member.getKey()))) alike++;
    }
    return related ? new Pair(i, j, alike) : null;
  }

  private boolean same(JsonNode one, JsonNode other, Place at) {
    if (one.isNumber() && other.isNumber())
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    if (one.isObject() && other.isObject()) {
      if (one.size() != other.size()) return false;
      for (Map.Entry<String, JsonNode> member : one.properties()) {
        JsonNode own = other.get(member.getKey());
        if (own == null || !same(member.getValue(), own, at.member(member.getKey()))) return false;
      }
      return true;
    }
    if (!one.isArray() || !other.isArray()) return one.equals(other);
    if (one.size() != other.size()) return false;
    if (isRows(one, other, at) && !ordered.contains(at.keys()))
      return unmatched(one, other, at, new BitSet()).isEmpty();
    for (int i = 0; i < one.size(); i++) if (!same(one.get(i), other.get(i), at)) return false;
    return true;
  }

  /// Whether lists are of rows, and not the elements of one value.
  private static boolean isRows(JsonNode one, JsonNode other, Place at) {
    return at.keys().isEmpty() || holdsObject(one) || holdsObject(other);
  }

  private static boolean holdsObject(JsonNode list) {
    for (JsonNode element : list) if (element.isObject()) return true;
    return false;
  }

  static String rows(long number) {
    return number + (number == 1 ? " row" : " rows");
  }
}
