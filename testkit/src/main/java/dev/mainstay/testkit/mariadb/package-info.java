/// Real MariaDB servers for tests, from a Maven package; nothing need be installed or running.
///
/// Entry type: [MariaServer].
@NullMarked
package dev.mainstay.testkit.mariadb;

import org.jspecify.annotations.NullMarked;
