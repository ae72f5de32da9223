package dev.mainstay.sql;

import dev.mainstay.core.model.Change;
import java.util.List;

/// What brings a database from the model it has to another one.
///
/// @param from the version of the model it has
/// @param changes of the model
/// @param drift what others have changed in the database
/// @param losses what would be lost; nothing is done about them without leave
/// @param obstacles why it cannot be done, in sentences; empty when it can
/// @param steps in the order in which they are taken
/// @param agenda what there is to do with the migrations that lie beside the model
public record Migration(
    long from,
    List<Change> changes,
    List<Drift> drift,
    List<String> losses,
    List<String> obstacles,
    List<Step> steps,
    Agenda agenda) {
  public Migration {
    changes = List.copyOf(changes);
    drift = List.copyOf(drift);
    losses = List.copyOf(losses);
    obstacles = List.copyOf(obstacles);
    steps = List.copyOf(steps);
  }

  /// Whether something is known to be in the way. What migrations that come first do about it is
  /// not known before they run.
  public boolean isInTheWay() {
    return !agenda.obstacles().isEmpty() || (!obstacles.isEmpty() && !agenda.comesFirst());
  }

  /// Whether it may be done at once beside people at work: nothing is lost or in the way, no step
  /// takes longer than a moment, no migration runs, and nobody has changed by hand what the model
  /// made.
  public boolean isHarmless() {
    return losses.isEmpty()
        && obstacles.isEmpty()
        && agenda.obstacles().isEmpty()
        && agenda.due().isEmpty()
        && steps.stream().allMatch(Step::isQuick)
        && drift.stream().allMatch(change -> change instanceof Drift.Strange);
  }
}
