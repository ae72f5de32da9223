/// The pure middle of Mainstay: model, algebra, policies, planner and the ports engines implement.
/// May not import sockets, SQL, threads or a static clock.
@NullMarked
package dev.mainstay.core;

import org.jspecify.annotations.NullMarked;
