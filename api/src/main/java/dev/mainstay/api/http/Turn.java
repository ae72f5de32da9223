package dev.mainstay.api.http;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.plan.Caller;

/// What the edge gives an endpoint along with a request: the model it is answered on, who asks, and
/// what the answer may cost. The allowance's observer is told how long each stage took.
///
/// @param served the same for the whole request; it declares the caller's role
public record Turn(Served served, Caller.Outside caller, Allowance allowance) {}
