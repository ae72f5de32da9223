/// What can go wrong for a caller: the sealed [Problem] and the exception that carries it.
///
/// Protocols render a `Problem` with one exhaustive switch each; for people there is [ProblemText].
/// Depends on nothing.
@NullMarked
package dev.mainstay.core.problem;

import org.jspecify.annotations.NullMarked;
