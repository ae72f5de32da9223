/// The program: command line, configuration, and the one file that joins the modules.
@NullMarked
package dev.mainstay.app;

import org.jspecify.annotations.NullMarked;
