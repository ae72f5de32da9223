/// Reads what a PostgreSQL database has, whoever has made it, as a model to be served.
@NullMarked
package dev.mainstay.sql.postgres.existing;

import org.jspecify.annotations.NullMarked;
