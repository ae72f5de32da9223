package dev.mainstay.core.observe;

/// Is told what happens in one request, on the thread it happens on.
@FunctionalInterface
public interface Observer {
  Observer NOBODY = observation -> {};

  void observe(Observation observation);
}
