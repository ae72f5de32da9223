package dev.mainstay.sql;

import java.util.List;

/// How one engine brings its tables from one model to another.
public interface Alterations {
  /// What is to be done, in order. The database is looked at again on every call: a step that was
  /// taken is not asked for a second time.
  List<Step> steps(Transition transition, Installation database);
}
