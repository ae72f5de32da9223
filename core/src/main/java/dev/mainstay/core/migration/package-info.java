/// Migrations that a user wrote in SQL: files beside the model, each to run once in a database.
///
/// Entry type: [MigrationReader], which makes [SqlMigration]s of files, or tells everything that is
/// wrong with them. Opens no file and runs nothing. May see `core.model`, `core.problem` and
/// `core.read`.
@NullMarked
package dev.mainstay.core.migration;

import org.jspecify.annotations.NullMarked;
