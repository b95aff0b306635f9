package dev.lion.data;

import java.util.Objects;

/**
 * What a discrimination made of the verdicts on one instruction.
 *
 * @param gap d = teacher − student (paper, equation 2), from −9 to 9; an estimate when the referee was asked in one order
 * @param difficulty the part that the instruction was put into
 */
public record Finding(double gap, Difficulty difficulty) {
    public Finding {
        Objects.requireNonNull(difficulty, "difficulty");
        if (!Double.isFinite(gap)) {
            throw new IllegalArgumentException("a gap must be a finite number, but was " + gap);
        }
    }
}
