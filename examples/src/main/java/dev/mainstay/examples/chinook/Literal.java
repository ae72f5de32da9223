package dev.mainstay.examples.chinook;

/// A value as a script writes it, without its quotes and escapes; NULL is a null reference.
record Literal(String text, boolean quoted) {}
