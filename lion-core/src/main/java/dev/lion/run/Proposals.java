package dev.lion.run;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the generator answered to one request, before anything was accepted or rejected.
 *
 * @param difficulty of the parent
 * @param request the request's number, from 0, among those of its difficulty
 * @param instructions what was proposed; may be empty
 * @param dropped what the generator itself held back, by reason
 */
public record Proposals(
        Difficulty difficulty, int request, List<Instruction> instructions, Map<String, Integer> dropped) {
    public Proposals {
        Objects.requireNonNull(difficulty, "difficulty");
        instructions = List.copyOf(instructions);
        dropped = Map.copyOf(dropped);
    }

    /** What a request brought that failed: nothing. */
    public static Proposals none(Difficulty difficulty, int request) {
        return new Proposals(difficulty, request, List.of(), Map.of());
    }
}
