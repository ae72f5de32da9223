/// The gate: [Planner] turns what was asked into a [Plan], and puts the caller's policies into it.
/// There is no other way to make a plan, and an engine runs nothing else.
///
/// May see `core.model`, `core.query`, `core.policy`, `core.problem`; knows no protocol and no SQL.
@NullMarked
package dev.mainstay.core.plan;

import org.jspecify.annotations.NullMarked;
