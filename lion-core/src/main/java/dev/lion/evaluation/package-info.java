/**
 * How good a student is on what it has not learnt (paper, section 4): on tasks with right answers by {@link
 * dev.lion.evaluation.Benchmark}, on open questions by {@link dev.lion.evaluation.RelativeQuality}. {@link
 * dev.lion.evaluation.Contamination} tells what of it was in a pool all the same.
 */
@NullMarked
package dev.lion.evaluation;

import org.jspecify.annotations.NullMarked;
