package dev.lion.role;

import dev.lion.data.Instruction;
import dev.lion.data.TokenUsage;
import java.util.List;
import java.util.Objects;

/**
 * What a generator proposes.
 *
 * @param instructions the proposals, in order; may be none
 * @param usage the tokens it took, {@link TokenUsage#NONE} when unknown
 */
public record GenerationResponse(List<Instruction> instructions, TokenUsage usage) {
    public GenerationResponse {
        instructions = List.copyOf(instructions);
        Objects.requireNonNull(usage, "usage");
    }

    /** Proposals, or none, whose cost is unknown. */
    public static GenerationResponse of(Instruction... instructions) {
        return new GenerationResponse(List.of(instructions), TokenUsage.NONE);
    }
}
