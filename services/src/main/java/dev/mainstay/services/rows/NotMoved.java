package dev.mainstay.services.rows;

/// Why rows cannot be moved, in one sentence.
public final class NotMoved extends RuntimeException {
  NotMoved(String sentence) {
    super(sentence, null, false, false);
  }
}
