/// A search for requests that tell of rows their caller may not read: models with random policies,
/// rows of several owners, random requests, and the same rows less those the caller may not read.
///
/// Entry type: `LeakSearch`.
@NullMarked
package dev.mainstay.testkit.leaks;

import org.jspecify.annotations.NullMarked;
