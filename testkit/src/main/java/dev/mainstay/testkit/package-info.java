/// What the tests of several modules share: conformance suites, scenarios and fixtures.
@NullMarked
package dev.mainstay.testkit;

import org.jspecify.annotations.NullMarked;
