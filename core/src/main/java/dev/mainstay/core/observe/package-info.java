/// What happened, told once: each stage of a request reports one [Observation], and logs, metrics
/// and the `Server-Timing` header are readers of them. Depends on nothing.
@NullMarked
package dev.mainstay.core.observe;

import org.jspecify.annotations.NullMarked;
