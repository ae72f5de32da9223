/// The configuration: `mainstay.yaml`, then the environment, then flags, read once into [Config].
///
/// Entry type: [ConfigReader]. Everything wrong with it is told at once.
@NullMarked
package dev.mainstay.app.config;

import org.jspecify.annotations.NullMarked;
