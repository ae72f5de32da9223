/// Who may call: [Tokens] signs and verifies the project's own JSON web tokens, [ApiKeys] keeps the
/// opaque keys, which can be revoked. [Secret] is what neither is ever printed as.
@NullMarked
package dev.mainstay.services.keys;

import org.jspecify.annotations.NullMarked;
