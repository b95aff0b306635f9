package dev.lion.role;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import java.util.Objects;

/**
 * Asks the generator for new instructions (paper, section 3.3).
 *
 * @param parent the instruction to start from
 * @param difficulty {@link Difficulty#HARD}: same domain and same task type; {@link Difficulty#EASY}: same domain, rarer
 * @param iteration the adversarial iteration, from 1
 * @param randomSeed where every random choice of a deterministic generator comes from; differs between requests
 */
public record GenerationRequest(Instruction parent, Difficulty difficulty, int iteration, long randomSeed) {
    public GenerationRequest {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(difficulty, "difficulty");
    }
}
