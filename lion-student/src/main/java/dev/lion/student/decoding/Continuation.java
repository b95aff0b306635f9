package dev.lion.student.decoding;

import dev.lion.data.FinishReason;
import java.util.List;

/**
 * What a decoder wrote after a prompt.
 *
 * @param tokens without the end token
 * @param finishReason {@link FinishReason#STOP} after an end token, {@link FinishReason#LENGTH} at a limit
 */
public record Continuation(List<Integer> tokens, FinishReason finishReason) {
    public Continuation {
        tokens = List.copyOf(tokens);
    }
}
