/// Rows of a table to a file and back: [Exporter] and [Importer], by the planner and past every
/// policy. Nothing here knows of commands, and no other service is imported.
@NullMarked
package dev.mainstay.services.rows;

import org.jspecify.annotations.NullMarked;
