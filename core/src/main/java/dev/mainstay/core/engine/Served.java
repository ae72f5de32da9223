package dev.mainstay.core.engine;

import dev.mainstay.core.plan.Planner;

/// A model in force: what makes plans on it, and what runs them. A request that began with it keeps
/// it to its end, whatever is in force by then.
///
/// @param engine for plans on this model and on no other
public record Served(Planner planner, Engine engine) {}
