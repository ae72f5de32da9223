package dev.mainstay.services.rows;

import dev.mainstay.core.model.Fault;
import java.util.List;

/// An import ended before its file did.
public final class ImportStopped extends RuntimeException {
  private final transient List<Fault> faults;
  private final transient Imported soFar;

  ImportStopped(List<Fault> faults, Imported soFar) {
    super(faults.toString(), null, false, false);
    this.faults = List.copyOf(faults);
    this.soFar = soFar;
  }

  /// The first bad rows.
  public List<Fault> faults() {
    return faults;
  }

  /// What is committed.
  public Imported soFar() {
    return soFar;
  }
}
