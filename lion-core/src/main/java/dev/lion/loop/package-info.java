/**
 * The adversarial loop: {@code imitate(seeds)}, then in every iteration {@code discriminate → generate → imitate(new)}
 * (paper, figure 2 and algorithm 1).
 */
@NullMarked
package dev.lion.loop;

import org.jspecify.annotations.NullMarked;
