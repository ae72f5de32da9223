/// What every engine must do, as one suite of tests: [EngineConformance].
@NullMarked
package dev.mainstay.testkit.conformance;

import org.jspecify.annotations.NullMarked;
