package dev.mainstay.sql;

/// Gives each table of a statement a name of its own.
final class Aliases {
  private int given;

  String next() {
    return "t" + given++;
  }
}
