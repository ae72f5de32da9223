package dev.mainstay.core.query;

/// Whether the right side of a comparison is one value, or a list of which any or all must compare
/// so.
public enum Quantifier {
  ONE,
  ANY,
  ALL
}
