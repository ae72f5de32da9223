/// SQLite: [SqliteDatabase] opens a data folder, [SqliteEngine] serves plans from it.
///
/// One connection writes, on one thread, for everybody; a few connections read. What PostgreSQL
/// computes and SQLite cannot is added to each connection as a function of ours.
@NullMarked
package dev.mainstay.sql.sqlite;

import org.jspecify.annotations.NullMarked;
