/// The port that databases implement: [Engine] runs a [dev.mainstay.core.plan.Plan] and nothing
/// else. [InForce] says which model, with its planner and its engine, is served at this moment.
@NullMarked
package dev.mainstay.core.engine;

import org.jspecify.annotations.NullMarked;
