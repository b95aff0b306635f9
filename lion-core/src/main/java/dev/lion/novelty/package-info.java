/**
 * The rule that keeps near-duplicates out of the pools (paper, section 3.3).
 *
 * <p>{@link dev.lion.novelty.RougeLIndex} answers exactly, and in microseconds among many thousands of texts, whether one is above
 * a ROUGE-L score to any; {@link dev.lion.novelty.RougeL} is the score of two texts. Another measure implements {@link
 * dev.lion.novelty.NoveltyIndex}. Both are usable without a loop.
 */
@NullMarked
package dev.lion.novelty;

import org.jspecify.annotations.NullMarked;
