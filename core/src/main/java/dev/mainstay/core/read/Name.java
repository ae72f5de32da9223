package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;

/// A name as written, and where.
record Name(String text, Position position) {
  static Name of(Yaml.Scalar scalar) {
    return new Name(scalar.text(), scalar.position());
  }

  @Override
  public String toString() {
    return text;
  }
}
