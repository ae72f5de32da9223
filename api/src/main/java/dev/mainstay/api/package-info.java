/// The protocols. `api.http` alone may import Vert.x; nothing here may import sql.
@NullMarked
package dev.mainstay.api;

import org.jspecify.annotations.NullMarked;
