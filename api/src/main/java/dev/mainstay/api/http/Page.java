package dev.mainstay.api.http;

/// A page of the server itself at one exact path, which asks nobody for a key: health, metrics.
@FunctionalInterface
public interface Page {
  /// Blocking; runs on a virtual thread. Only `GET` and `HEAD` come here.
  Response answer(Request request);
}
