package dev.mainstay.sql;

/// Gives each table of a statement a name of its own.
final class Aliases {
  private int given;

  /// The first of a statement, which is that of the table it is about.
  static String first() {
    return new Aliases().next();
  }

  String next() {
    return "t" + given++;
  }
}
