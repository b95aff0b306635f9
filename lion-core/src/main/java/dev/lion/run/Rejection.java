package dev.lion.run;

import dev.lion.data.Instruction;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A generated instruction that was not taken.
 *
 * @param instruction the instruction, with its parent
 * @param rule name of the rule that rejected it
 * @param reason what the rule found
 * @param score similarity to the nearest instruction, for the novelty rule only
 */
public record Rejection(Instruction instruction, String rule, String reason, OptionalDouble score) {
    public Rejection {
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(score, "score");
    }
}
