/// HTTP as the protocols see it, and the one place that speaks to sockets: [Request] in, [Response]
/// out, routed to an [Endpoint]. Only this package sees Vert.x.
@NullMarked
package dev.mainstay.api.http;

import org.jspecify.annotations.NullMarked;
