/// Full-text search as every engine means it: what the words of a text are, how a query is read,
/// and whether a text holds what a query says. [SearchReader] reads queries. Imports nothing of the
/// model or of an engine.
@NullMarked
package dev.mainstay.core.search;

import org.jspecify.annotations.NullMarked;
