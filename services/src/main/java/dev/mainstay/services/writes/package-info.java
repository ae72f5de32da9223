/// Whether anybody may write to a database: [WriteSwitch] stops and starts it, and a
/// [StoppableEngine] refuses meanwhile, on every server.
@NullMarked
package dev.mainstay.services.writes;

import org.jspecify.annotations.NullMarked;
