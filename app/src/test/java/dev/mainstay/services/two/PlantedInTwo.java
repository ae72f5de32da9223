package dev.mainstay.services.two;

/// What its sibling may not see.
public interface PlantedInTwo {}
