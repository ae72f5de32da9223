/// The declared backend as immutable data: tables, columns, relations, policies, roles.
///
/// Entry type: [Model]. `core.read.ModelReader` makes one from `backend.yaml`. Depends on nothing
/// but `core.problem`.
@NullMarked
package dev.mainstay.core.model;

import org.jspecify.annotations.NullMarked;
