package dev.mainstay.app;

/// Why the program cannot go on, in one plain sentence. It ends with status 1.
final class Sorry extends RuntimeException {
  Sorry(String sentence) {
    super(sentence, null, false, false);
  }
}
