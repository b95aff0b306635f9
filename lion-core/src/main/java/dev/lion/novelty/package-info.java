/** The rule that keeps near-duplicates out of the pools (paper, section 3.3). */
@NullMarked
package dev.lion.novelty;

import org.jspecify.annotations.NullMarked;
