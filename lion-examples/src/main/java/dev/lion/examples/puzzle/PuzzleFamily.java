package dev.lion.examples.puzzle;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One task of BIG-Bench Hard: how to solve its texts and how to write new ones. Families have no state and may be used from
 * several threads.
 */
public sealed interface PuzzleFamily
        permits BooleanExpressions,
                MultistepArithmetic,
                ObjectCounting,
                Navigate,
                WordSorting,
                DyckLanguages,
                WebOfLies,
                TrackingShuffledObjects,
                TemporalSequences,
                ColoredObjects,
                LogicalDeduction,
                DateUnderstanding {

    /** The task's name in BIG-Bench Hard, such as {@code word_sorting}. */
    String name();

    /** The answer exactly as the task's targets are written; empty when the text is not of this family or not understood. */
    Optional<String> solve(String text);

    /** The size of a text that {@link #solve} understands; empty for any other. */
    Optional<Size> sizeOf(String text);

    /** A new text, solvable, every random choice taken from {@code random}. */
    String compose(RandomGenerator random, Size size);

    /** How much of the expected answer another one has, from 0 to 1; without partial credit unless a family says otherwise. */
    default double credit(String expected, String actual) {
        return Credit.exact(expected, actual);
    }
}
