/// Real PostgreSQL servers for tests, from Maven packages; nothing need be installed or running.
///
/// Entry type: [PostgresServer].
@NullMarked
package dev.mainstay.testkit.postgres;

import org.jspecify.annotations.NullMarked;
