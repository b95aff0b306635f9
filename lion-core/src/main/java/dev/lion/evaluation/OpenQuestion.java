package dev.lion.evaluation;

import dev.lion.data.Instruction;
import java.util.Objects;

/**
 * A question that has no one right answer.
 *
 * @param id as its file calls it; answers are found by it
 * @param category what it is about
 * @param instruction the question
 */
public record OpenQuestion(String id, String category, Instruction instruction) {
    public OpenQuestion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(instruction, "instruction");
    }
}
