/// The page `/docs`, on which a person can read `/openapi.json` and try what it says: Swagger UI
/// and a form for the keys, all of it served from here.
///
/// Entry: [Docs]. Only names files; what is true of the API the page learns from `/openapi.json`,
/// with the keys it is given.
@NullMarked
package dev.mainstay.api.docs;

import org.jspecify.annotations.NullMarked;
