/// What is not wrong with a model, but perhaps not meant. [dev.mainstay.core.advice.Advisor] tells
/// it, from the model alone or with what a database knows of itself; each piece has a code that
/// never changes, by which people accept it.
///
/// May not import `core.plan` and `core.engine`.
@NullMarked
package dev.mainstay.core.advice;

import org.jspecify.annotations.NullMarked;
