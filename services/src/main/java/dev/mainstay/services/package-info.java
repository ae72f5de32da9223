/// The services beside the tables, one sub-package each. Siblings never import each other.
@NullMarked
package dev.mainstay.services;

import org.jspecify.annotations.NullMarked;
