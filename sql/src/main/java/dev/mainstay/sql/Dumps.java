package dev.mainstay.sql;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Makes whole copies of a database, each a file in its engine's own form, and databases of copies.
/// Whoever reads and writes meanwhile goes on.
public interface Dumps {
  /// The engine, as backups name it.
  String engine();

  /// Where the database is, for people.
  String shown();

  /// What a copy is called, where it lies beside other files.
  String file();

  /// Whether a copy is compressed already.
  boolean isCompressed();

  /// Copies the database as it is at one moment, and looks whether the copy is whole.
  ///
  /// @param copy an empty file
  /// @throws StoreException when it cannot be done
  Dumped dump(Path copy);

  /// Looks whether a copy is whole.
  ///
  /// @throws StoreException when it is not
  void check(Path copy);

  /// Makes ready to put a copy in the place of the database, which nobody may be serving.
  ///
  /// @param mayReplace whether a database that is there may be put aside
  /// @throws StoreException when it is served, or is there and may not be put aside
  Place place(boolean mayReplace);

  /// What a copy holds.
  ///
  /// @param model the newest it has
  /// @param orphans rows that refer to rows that are not there; the database has them so
  record Dumped(AppliedModels.Mark model, long orphans) {}

  /// Where a database is about to be. Closing it lets servers in.
  interface Place extends AutoCloseable {
    /// Puts a copy there that was looked at: at once, or not at all.
    ///
    /// @param aside what the name of a database that was there ends in from now on
    /// @return where that one is, or null when there was none
    @Nullable Path put(Path copy, String aside);

    @Override
    void close();
  }
}
