/// The REST dialect of PostgREST, as `WIRE.md` §1 tells it: a request is read into
/// [dev.mainstay.core.query.Asked] by the readers, and rows, writes and problems become responses.
///
/// Entry: [RestEndpoint]. The readers know syntax only: no name is looked up and nothing is typed
/// here. May not see `sql`, nor Vert.x.
@NullMarked
package dev.mainstay.api.rest;

import org.jspecify.annotations.NullMarked;
