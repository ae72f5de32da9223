package dev.mainstay.core.generate;

/// What a language cannot say of a model, in one sentence.
public final class InexpressibleException extends RuntimeException {
  InexpressibleException(String sentence) {
    super(sentence, null, false, false);
  }
}
