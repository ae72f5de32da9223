/// Files that are made from the model: written when they change, and again when the model does.
///
/// Entry types: [Output], [Tree], [Watch]. What is in them is `core.generate`'s.
@NullMarked
package dev.mainstay.app.generate;

import org.jspecify.annotations.NullMarked;
