/// The PostgreSQL engine, for version 15 and newer, directly or through a pooler.
///
/// Entry types: [PostgresDatabase], which holds the connections, and [PostgresEngine], which runs
/// plans on them.
@NullMarked
package dev.mainstay.sql.postgres;

import org.jspecify.annotations.NullMarked;
