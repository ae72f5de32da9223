package dev.mainstay.services.rows;

/// Why an import is not begun, in one sentence.
public final class ImportRefused extends RuntimeException {
  ImportRefused(String sentence) {
    super(sentence, null, false, false);
  }
}
