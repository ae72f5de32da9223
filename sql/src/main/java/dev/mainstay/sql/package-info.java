/// The database engines: the only code that knows SQL and JDBC. May not import services or api.
@NullMarked
package dev.mainstay.sql;

import org.jspecify.annotations.NullMarked;
