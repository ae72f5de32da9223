/// Turns the Chinook music store, as its publisher ships it, into the example's seed files.
///
/// Entry: [Seeds]. Runs while building; may not import anything else of Mainstay.
@NullMarked
package dev.mainstay.examples.chinook;

import org.jspecify.annotations.NullMarked;
