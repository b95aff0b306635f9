/** Files of texts, and which of them are new with respect to others. */
@NullMarked
package dev.lion.examples.novelty;

import org.jspecify.annotations.NullMarked;
