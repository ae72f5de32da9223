package dev.mainstay.core.advice;

import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.policy.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Tells what is not wrong with a model, but perhaps not meant. What it cannot be sure of it does
/// not tell: advice that is wrong half of the time is read by nobody.
public final class Advisor {
  private static final Comparator<Advice> IN_ORDER =
      Comparator.comparing(
          Advice::position,
          Comparator.comparing(Position::file)
              .thenComparingInt(Position::line)
              .thenComparingInt(Position::column));

  private Advisor() {}

  /// What the model tells by itself, in the order of its lines.
  ///
  /// @param uses what its views and functions read
  public static List<Advice> ofModel(Model model, Rules rules, Uses uses) {
    List<Advice> all = new ArrayList<>();
    all.addAll(OpenTables.of(model, rules));
    all.addAll(Owners.of(model, rules));
    all.addAll(UserQueries.of(model, rules, uses));
    all.addAll(MissingIndexes.of(model, rules));
    all.addAll(RedundantIndexes.of(model, rules));
    all.addAll(Sorting.of(model, rules));
    return sorted(all);
  }

  /// What a database that has the model tells beside that.
  public static List<Advice> ofDatabase(Model model, Rules rules, List<IndexUse> uses) {
    return UnusedIndexes.of(model, rules, uses);
  }

  /// In the order of the model's lines; of one line, as it was found.
  public static List<Advice> sorted(List<Advice> advice) {
    return advice.stream().sorted(IN_ORDER).toList();
  }
}
