/**
 * The adversarial loop: {@code imitate(seeds)}, then in every iteration {@code discriminate → generate → imitate(new)}
 * (paper, figure 2 and algorithm 1).
 *
 * <p>Begin with {@link dev.lion.loop.AdversarialLoop}, which is given the roles and run on a directory, and {@link
 * dev.lion.loop.LoopConfig}, whose defaults are the paper's. {@link dev.lion.loop.LoopListener} is told of every {@link
 * dev.lion.loop.LoopEvent} while it goes on; {@link dev.lion.loop.LoopResult} says how it ended. {@link
 * dev.lion.loop.AcceptanceRule} keeps unwanted instructions out.
 */
@NullMarked
package dev.lion.loop;

import org.jspecify.annotations.NullMarked;
