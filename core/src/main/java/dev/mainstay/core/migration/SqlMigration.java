package dev.mainstay.core.migration;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.read.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of SQL that runs once in a database, for what a model cannot say.
///
/// @param number its place among the others; no two have the same
/// @param name what stands between the number and the ending
/// @param moment when it runs
/// @param alone whether it runs outside of any transaction, and may run twice
/// @param alsoOnNew whether a database that is made of the model needs it, too
/// @param source the file, with every line ended by `\n`
/// @param statements at least one
public record SqlMigration(
    long number,
    String name,
    Moment moment,
    boolean alone,
    boolean alsoOnNew,
    Source source,
    List<Statement> statements) {
  public SqlMigration {
    statements = List.copyOf(statements);
  }

  /// When a migration runs, as seen from the apply that it is part of.
  public sealed interface Moment {
    /// The version of the model it is bound to, or null.
    @Nullable Long version();

    /// Ahead of the model's change.
    ///
    /// @param version only of the change that makes this version of the model
    record Before(@Nullable Long version) implements Moment {}

    /// After the model's change.
    ///
    /// @param version not before the database has this version of the model
    record After(@Nullable Long version) implements Moment {}
  }

  /// One statement, without the semicolon that ends it.
  ///
  /// @param at where it begins, as a code unit of the file's text
  public record Statement(String text, int at) {}

  /// The name of its file, as `0007_backfill.sql`.
  public String file() {
    return source.file().substring(source.file().lastIndexOf('/') + 1);
  }

  /// The place in its file of a code unit of the text.
  public Position position(int at) {
    return position(source, at);
  }

  static Position position(Source source, int at) {
    String before = source.text().substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    String start = before.substring(before.lastIndexOf('\n') + 1);
    return source.position(line, start.codePointCount(0, start.length()) + 1);
  }
}
