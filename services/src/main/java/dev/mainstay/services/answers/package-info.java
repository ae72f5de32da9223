/// Answers to writes that are kept for a while, for clients that did not hear them: [Answers]. What
/// a request is, and how it is answered, is the protocol's to say. No other service is imported.
@NullMarked
package dev.mainstay.services.answers;

import org.jspecify.annotations.NullMarked;
