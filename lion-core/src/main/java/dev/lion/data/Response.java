package dev.lion.data;

import java.util.Objects;

/**
 * A model's answer to an instruction.
 *
 * @param text what it wrote; may be empty, as models sometimes answer nothing
 * @param finishReason why it stopped
 * @param usage the tokens it took, {@link TokenUsage#NONE} when unknown, {@link TokenUsage#FREE} when none was made for
 *     it
 */
public record Response(String text, FinishReason finishReason, TokenUsage usage) {
    public Response {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(usage, "usage");
    }

    /** A complete answer whose cost is unknown. */
    public static Response of(String text) {
        return new Response(text, FinishReason.STOP, TokenUsage.NONE);
    }
}
