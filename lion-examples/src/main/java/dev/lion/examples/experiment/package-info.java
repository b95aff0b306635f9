/** The paper's experiments at a size that a laptop bears: arms that differ in one thing, several seeds, the same items. */
@NullMarked
package dev.lion.examples.experiment;

import org.jspecify.annotations.NullMarked;
