/// Backups: archives in a folder, each a whole copy of a database with what belongs to it; made by
/// hand, to a schedule, or before something is lost; and databases made of them again.
///
/// Entry types: [Backups], [BackupSchedule], [Restorer]. Copies themselves are the engines', see
/// [dev.mainstay.sql.Dumps].
@NullMarked
package dev.mainstay.app.backup;

import org.jspecify.annotations.NullMarked;
