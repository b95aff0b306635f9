package dev.lion.examples.puzzle;

import dev.lion.data.Instruction;
import java.util.Objects;

/**
 * A puzzle with its answer, for exact-match evaluation.
 *
 * @param family the task's name in BIG-Bench Hard
 * @param instruction the text
 * @param target the exact answer
 */
public record PuzzleItem(String family, Instruction instruction, String target) {
    public PuzzleItem {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(target, "target");
    }
}
