package dev.lion.role;

import dev.lion.data.Instruction;
import java.util.List;
import java.util.Objects;

/**
 * Answers that a {@link ScoringStudent} is to choose from.
 *
 * @param instruction what they answer
 * @param answers none of them blank
 */
public record Candidates(Instruction instruction, List<String> answers) {
    public Candidates {
        Objects.requireNonNull(instruction, "instruction");
        answers = List.copyOf(answers);
        if (answers.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("an answer without words has no likelihood of its own");
        }
    }
}
