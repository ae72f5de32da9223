/// A user's own tests of policies and requests: what their files say, and how an answer differs
/// from what was expected. See `docs/testing.md`.
///
/// Entry types: [TestFileReader] and [Verdict]. Nothing here makes a request: whoever runs tests
/// brings the answers. May see `core.model`, `core.problem`, `core.query` and `core.read`.
@NullMarked
package dev.mainstay.core.testing;

import org.jspecify.annotations.NullMarked;
