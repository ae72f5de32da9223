package dev.mainstay.core.query;

/// One step into a JSON value. A negative index counts from the end.
public sealed interface JsonStep {
  record Key(String name) implements JsonStep {}

  record At(int index) implements JsonStep {}
}
