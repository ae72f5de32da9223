package dev.mainstay.sql;

/// Why a database cannot be opened or served, in one plain sentence or a short list: the folder is
/// in use, the database is newer than this program, the model has changed. Expected, so it has no
/// stack trace; the program prints it and ends.
public final class StoreException extends RuntimeException {
  public StoreException(String message) {
    super(message, null, false, false);
  }
}
