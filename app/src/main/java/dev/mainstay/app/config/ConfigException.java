package dev.mainstay.app.config;

import dev.mainstay.core.model.Fault;
import java.util.List;

/// A configuration that cannot be used, with everything that is wrong with it.
public final class ConfigException extends RuntimeException {
  private final transient List<Fault> faults;

  public ConfigException(List<Fault> faults) {
    super("the configuration has " + faults.size() + " faults", null, false, false);
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
