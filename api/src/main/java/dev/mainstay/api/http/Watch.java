package dev.mainstay.api.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/// What one event loop waits for with a deadline. Belongs to that loop: no other thread may call
/// it.
final class Watch {
  private final Set<Waiting> all = new LinkedHashSet<>();

  /// Something that is over when its deadline has passed.
  interface Waiting {
    /// In the terms of [System#nanoTime]; [Long#MAX_VALUE] for none at present.
    long deadline();

    void expire();
  }

  void add(Waiting waiting) {
    all.add(waiting);
  }

  void remove(Waiting waiting) {
    all.remove(waiting);
  }

  void tick(long now) {
    if (all.isEmpty()) return;
    for (Waiting waiting : new ArrayList<>(all)) {
      long deadline = waiting.deadline();
      if (deadline != Long.MAX_VALUE && now - deadline >= 0 && all.contains(waiting)) {
        waiting.expire();
      }
    }
  }
}
