package dev.mainstay.core.query;

/// SQL's three truth values. Only `TRUE` lets a row through.
public enum Truth {
  TRUE,
  FALSE,
  UNKNOWN
}
