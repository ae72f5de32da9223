/// From CEL as written in the model to the [dev.mainstay.core.query.Filter] that planner, engines
/// and `Match` read.
///
/// Entry type: `RuleCompiler`, which makes the [Rules] of a model. Only this package sees
/// `dev.cel`.
@NullMarked
package dev.mainstay.core.policy;

import org.jspecify.annotations.NullMarked;
