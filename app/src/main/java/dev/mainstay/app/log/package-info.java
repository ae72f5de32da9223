/// The program's log, on standard error: text for people at a terminal, JSON lines for machines.
///
/// Entry type: [Logs]. Only this package sees Logback.
@NullMarked
package dev.mainstay.app.log;

import org.jspecify.annotations.NullMarked;
