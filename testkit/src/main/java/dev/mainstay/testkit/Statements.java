package dev.mainstay.testkit;

import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.observe.Observer;
import java.util.ArrayList;
import java.util.List;

/// An observer that remembers which statements ran.
public final class Statements implements Observer {
  private final List<String> texts = new ArrayList<>();

  @Override
  public synchronized void observe(Observation observation) {
    if (observation instanceof Observation.Ran(String sql, long _)) texts.add(sql);
  }

  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  public synchronized int count() {
    return texts.size();
  }
}
