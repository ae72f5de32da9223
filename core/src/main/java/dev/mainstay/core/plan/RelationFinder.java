package dev.mainstay.core.plan;

import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Relation;
import dev.mainstay.core.model.Relation.Junction;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the one relation an embed means, by `WIRE.md` §1.7: its target is a table, a foreign key,
/// a foreign-key column or a function; its hint a foreign key, one of its columns, or a junction.
final class RelationFinder {
  private final Sight sight;

  RelationFinder(Sight sight) {
    this.sight = sight;
  }

  Relation find(Table parent, String target, @Nullable String hint) {
    List<Relation> all = sight.relationsFrom(parent);
    List<Relation> candidates = new ArrayList<>();
    for (Relation relation : all)
      if (hint == null ? isMeant(relation, target) : isMeant(relation, target, hint))
        candidates.add(relation);
    if (candidates.size() > 1) candidates = overridden(candidates);
    if (candidates.size() > 1) candidates = passable(candidates);
    return switch (candidates.size()) {
      case 0 -> throw new ProblemException(none(parent, target, hint, all));
      case 1 -> candidates.getFirst();
      default -> throw new ProblemException(several(parent, target, candidates));
    };
  }

  private boolean isMeant(Relation relation, String target) {
    if (relation.function() != null) return relation.constraint().equals(target);
    Junction junction = relation.junction();
    if (relation.to().name().equals(target))
      return !relation.self() || junction != null || !relation.keyHere();
    // By its key or a column of it, a relation leads to tables only.
    if (junction != null || sight.table(relation.to()).isView()) return false;
    return relation.keyHere() && isSole(relation.columns(), target)
        || (!relation.self() && relation.constraint().equals(target));
  }

  private static boolean isMeant(Relation relation, String target, String hint) {
    if (relation.function() != null || !relation.to().name().equals(target)) return false;
    Junction junction = relation.junction();
    if (junction != null)
      return junction.table().name().equals(hint)
          // From a table to itself, a junction leads both ways; they differ in the key they begin
          // with.
          || (relation.self()
              && (junction.near().name().equals(hint) || isSole(junction.near().columns(), hint)));
    // Named by its table, a self relation leads to the rows that refer to this one.
    if (relation.self() && relation.keyHere()) return false;
    return relation.constraint().equals(hint)
        || isSole(relation.columns(), hint)
        || isSole(relation.targetColumns(), hint);
  }

  /// A function stands for every relation of its name.
  private static List<Relation> overridden(List<Relation> candidates) {
    for (Relation relation : candidates) if (relation.function() != null) return List.of(relation);
    return candidates;
  }

  /// Without those through a junction that the caller sees no row of: they lead nowhere, and are
  /// not to be told of. When all are such, any of them will do.
  private List<Relation> passable(List<Relation> candidates) {
    List<Relation> passable = new ArrayList<>();
    for (Relation relation : candidates) {
      Junction junction = relation.junction();
      if (junction == null || sight.suggests(junction.table())) passable.add(relation);
    }
    return passable.isEmpty() ? candidates.subList(0, 1) : passable;
  }

  private static boolean isSole(List<String> columns, String name) {
    return columns.size() == 1 && columns.getFirst().equals(name);
  }

  private Problem none(Table parent, String target, @Nullable String hint, List<Relation> all) {
    List<String> names = new ArrayList<>();
    for (Relation relation : all)
      if (sight.suggests(relation.to())) names.add(relation.to().name());
    // Where the target is known, the hint is what is wrong.
    String nearest = names.contains(target) ? null : Nearest.to(target, names);
    return new Problem.NoRelationship(
        parent.name().schema(), parent.name().name(), target, hint, nearest);
  }

  private static Problem several(Table parent, String target, List<Relation> candidates) {
    List<Problem.AmbiguousRelationship.Candidate> described = new ArrayList<>();
    for (Relation relation : candidates) {
      Junction junction = relation.junction();
      String from = relation.from().name();
      String to = relation.to().name();
      described.add(
          new Problem.AmbiguousRelationship.Candidate(
              relation.cardinality().words(),
              from + " with " + to,
              junction == null
                  ? relation.constraint()
                      + " using "
                      + columns(from, relation.columns())
                      + " and "
                      + columns(to, relation.targetColumns())
                  : junction.table().name()
                      + " using "
                      + key(junction.near())
                      + " and "
                      + key(junction.far()),
              to + "!" + hint(relation)));
    }
    return new Problem.AmbiguousRelationship(parent.name().name(), target, described);
  }

  private static String hint(Relation relation) {
    Junction junction = relation.junction();
    if (junction == null) return relation.constraint();
    return relation.self() ? junction.near().name() : junction.table().name();
  }

  private static String key(ForeignKey key) {
    return columns(key.name(), key.columns());
  }

  private static String columns(String name, List<String> columns) {
    return name + "(" + String.join(", ", columns) + ")";
  }
}
