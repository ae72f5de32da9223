package dev.mainstay.api.http;

/// A page of the server itself at one exact path, which asks nobody for a key: health, metrics, the
/// files of a site.
@FunctionalInterface
public interface Page {
  /// Blocking; runs on a virtual thread. Only `GET` and `HEAD` come here.
  Response answer(Request request);

  /// Whether it is answered even when too much is under way, as what tells how the server is.
  default boolean isUrgent() {
    return true;
  }
}
