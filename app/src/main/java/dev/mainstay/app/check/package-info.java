/// What `mainstay check` has found, and the forms in which it says so: text for people, JSON and
/// annotations for programs.
///
/// Entry type: [dev.mainstay.app.check.Report]. May not import `dev.mainstay.sql`.
@NullMarked
package dev.mainstay.app.check;

import org.jspecify.annotations.NullMarked;
