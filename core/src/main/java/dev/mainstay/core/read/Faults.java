package dev.mainstay.core.read;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.problem.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has been found wrong with a file so far. A fault is kept once, however often it is met
/// (YAML's aliases are read at each of their places).
public final class Faults {
  /// A file's order: by line, then by column.
  public static final Comparator<Fault> IN_ORDER =
      Comparator.comparing(
          Fault::position,
          Comparator.comparing(Position::file)
              .thenComparingInt(Position::line)
              .thenComparingInt(Position::column));

  /// After so many, nothing is suggested any more: looking for near names takes its time.
  private static final int MOST_SUGGESTIONS = 200;

  private static final int LONGEST_TEXT = 500;

  private final Source source;
  private final Set<Fault> faults = new LinkedHashSet<>();

  public Faults(Source source) {
    this.source = source;
  }

  public void add(Position position, String message, @Nullable String hint) {
    faults.add(
        source.quoted(new Fault(position, cut(message), hint == null ? null : cut(hint), null)));
  }

  public void add(Position position, String message) {
    add(position, message, null);
  }

  /// A name that is none of those that are known here.
  public void unknown(Position position, String what, String name, Collection<String> known) {
    addNear(position, "unknown " + what + " '" + name + "'", name, known);
  }

  /// A fault about a name, with the nearest of the known ones as its hint.
  void addNear(Position position, String message, String name, Collection<String> known) {
    add(position, message, faults.size() < MOST_SUGGESTIONS ? suggestion(name, known) : null);
  }

  private static String cut(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST_TEXT) return text;
    return text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
  }

  public boolean isEmpty() {
    return faults.isEmpty();
  }

  public int size() {
    return faults.size();
  }

  /// All of them in the file's order.
  public List<Fault> sorted() {
    return faults.stream().sorted(IN_ORDER).toList();
  }

  static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// The nearest name if there is one, else a short list of all.
  static @Nullable String suggestion(String name, Collection<String> known) {
    String nearest = Nearest.to(name, known);
    if (nearest != null) return "did you mean '" + nearest + "'?";
    if (known.isEmpty() || known.size() > 20) return null;
    return "known here: " + String.join(", ", known);
  }
}
