package dev.mainstay.core.model;

import java.util.List;

/// A model that cannot be served, with everything that is wrong with it.
public final class ModelException extends RuntimeException {
  private final transient List<Fault> faults;

  public ModelException(List<Fault> faults) {
    super(faults.size() + " faults, the first: " + faults.getFirst().message(), null, false, false);
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
