package dev.mainstay.services.rows;

/// How an import is to be done.
///
/// @param batch rows that are committed together
public record ImportOptions(Taken taken, BadRows badRows, Begin begin, int batch) {
  /// What becomes of a row whose primary key is taken.
  public enum Taken {
    /// It is a bad row.
    FAIL,
    /// It is left out.
    SKIP,
    /// It overwrites the row that is there, in the columns that it gives.
    OVERWRITE
  }

  /// What becomes of rows that cannot be stored.
  public enum BadRows {
    /// They end the import.
    STOP,
    /// They are kept for a file of rejects.
    SET_ASIDE
  }

  /// What becomes of an import of the same file that was cut short.
  public enum Begin {
    /// There must be none.
    NEW,
    /// It goes on where it was.
    RESUMED,
    /// It is forgotten; what it stored stays.
    AFRESH
  }
}
