/// What a caller asks for: [Asked] is a request as written, by names and text; [Filter] and [Expr]
/// are the same thing once names and types are settled. A `Filter` has two readers, the SQL
/// compiler and `Match`.
///
/// May see `core.model` and `core.problem` only.
@NullMarked
package dev.mainstay.core.query;

import org.jspecify.annotations.NullMarked;
