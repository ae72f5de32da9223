package dev.mainstay.api.http;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.plan.Caller;

/// What the edge gives an endpoint along with a request: who asks, and what the answer may cost.
/// The allowance's observer is told how long each stage took.
public record Turn(Caller.Outside caller, Allowance allowance) {}
