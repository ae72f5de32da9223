/// Descriptions of the REST API for programs: OpenAPI 2.0 as PostgREST gives it at the root
/// (`WIRE.md` §1.17), and OpenAPI 3.1 at `/openapi.json`. Each tells what its caller may name and
/// do, and nothing else: both are renderings of a [dev.mainstay.core.plan.Visible].
///
/// Entry: [Descriptions], [OpenApiEndpoint]. Knows names and types, no row; may not see `sql`,
/// Vert.x, nor `api.rest`.
@NullMarked
package dev.mainstay.api.openapi;

import org.jspecify.annotations.NullMarked;
