/// The port that databases implement: [Engine] runs a [dev.mainstay.core.plan.Plan] and nothing
/// else.
@NullMarked
package dev.mainstay.core.engine;

import org.jspecify.annotations.NullMarked;
