/// From files to data: `backend.yaml` to a [dev.mainstay.core.model.Model], seed files to rows.
///
/// Entry types: [ModelReader], [SeedReader]. Everything wrong with a file is told at once, each
/// fault with its line and column. [YamlReader] and [Section] know nothing of models and read other
/// files as well. May see `core.model`, `core.problem` and `core.query`; opens no file itself.
@NullMarked
package dev.mainstay.core.read;

import org.jspecify.annotations.NullMarked;
