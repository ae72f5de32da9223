/// Code for those who call: what a role may name and do, as types of the caller's language.
///
/// Entry types: [Api], and a language each, [TypeScript] and [JavaClient]. Pure: a text is made of
/// what the planner says is visible, and of nothing else. May see `core.model`, `core.plan` and
/// `core.query`.
@NullMarked
package dev.mainstay.core.generate;

import org.jspecify.annotations.NullMarked;
