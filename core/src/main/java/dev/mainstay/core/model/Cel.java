package dev.mainstay.core.model;

/// A CEL expression as written, and where its text begins.
public record Cel(String text, Position position) {}
