/// The database engines: the only code that knows SQL and JDBC. May not import services or api.
///
/// Entry type: [SqlCompiler], which turns the shape of a plan into [Sql] in the words of a
/// [Dialect]. Each engine is a package below.
@NullMarked
package dev.mainstay.sql;

import org.jspecify.annotations.NullMarked;
