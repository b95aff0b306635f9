package dev.lion.run;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import java.util.List;
import java.util.Objects;

/**
 * What the generator answered to one request, before anything was accepted or rejected.
 *
 * @param difficulty of the parent
 * @param request the request's number, from 0, among those of its difficulty
 * @param instructions what was proposed; may be empty
 */
public record Proposals(Difficulty difficulty, int request, List<Instruction> instructions) {
    public Proposals {
        Objects.requireNonNull(difficulty, "difficulty");
        instructions = List.copyOf(instructions);
    }
}
