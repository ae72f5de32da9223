package dev.mainstay.sql;

import java.util.List;

/// How one engine brings its tables from one model to another.
public interface Alterations {
  /// What is to be done. The database is looked at again on every call: a step that was taken is
  /// not asked for a second time.
  Alteration of(Transition transition, Installation database);

  /// @param steps in order
  /// @param losses what goes with them although no change of the model names it: what others have
  ///   added to a table that is made anew
  record Alteration(List<Step> steps, List<String> losses) {
    public Alteration {
      steps = List.copyOf(steps);
      losses = List.copyOf(losses);
    }
  }
}
