package dev.lion.role;

import dev.lion.data.Instruction;
import dev.lion.data.TokenUsage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a generator proposes.
 *
 * @param instructions the proposals, in order; may be none
 * @param usage the tokens it took, {@link TokenUsage#NONE} when unknown
 * @param dropped how many proposals the generator itself held back as unusable, by reason, such as {@link #CUT_BY_LENGTH}: the
 *     loop counts them beside what its own rules reject
 */
public record GenerationResponse(List<Instruction> instructions, TokenUsage usage, Map<String, Integer> dropped) {
    /** The proposal was cut by the limit on its length. */
    public static final String CUT_BY_LENGTH = "cut-by-length";

    /** The provider withheld the reply, or the model declined. */
    public static final String WITHHELD = "withheld";

    /** The reply held no proposal that could be read. */
    public static final String UNUSABLE_TEXT = "unusable-text";

    public GenerationResponse {
        instructions = List.copyOf(instructions);
        Objects.requireNonNull(usage, "usage");
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        dropped.forEach((reason, count) -> {
            if (reason.isBlank() || count < 1) {
                throw new IllegalArgumentException("dropped proposals need a reason and a count from 1, but are "
                        + count + " for '" + reason + "'");
            }
        });
    }

    /** Proposals, or none; nothing was dropped. */
    public GenerationResponse(List<Instruction> instructions, TokenUsage usage) {
        this(instructions, usage, Map.of());
    }

    /** Proposals, or none, whose cost is unknown. */
    public static GenerationResponse of(Instruction... instructions) {
        return new GenerationResponse(List.of(instructions), TokenUsage.NONE);
    }
}
