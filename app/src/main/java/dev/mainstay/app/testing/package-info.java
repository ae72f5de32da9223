/// Runs a project's own tests and tells how they went.
///
/// Entry types: [TestFolder] finds them, [TestRun] runs them. Databases come from outside, as
/// [Benches]; what tests say, and how answers differ, is `core.testing`.
@NullMarked
package dev.mainstay.app.testing;

import org.jspecify.annotations.NullMarked;
