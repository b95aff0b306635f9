package dev.lion.data;

/**
 * Tokens that one call consumed, as its provider counted them.
 *
 * @param inputTokens tokens of the prompt, zero or more
 * @param outputTokens tokens of the answer, zero or more
 * @param isKnown whether the counts were reported; tokens that were counted always were
 */
public record TokenUsage(long inputTokens, long outputTokens, boolean isKnown) {
    /** No tokens were reported: of a role that costs nothing, or does not say. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, false);

    /** It is known that no token was made, as of an answer that was kept from before: nothing is charged for it. */
    public static final TokenUsage FREE = new TokenUsage(0, 0, true);

    public TokenUsage {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "token counts must not be negative: input " + inputTokens + ", output " + outputTokens);
        }
        isKnown |= inputTokens + outputTokens > 0;
    }

    /** Tokens that were reported; {@link #NONE} when both are zero. */
    public TokenUsage(long inputTokens, long outputTokens) {
        this(inputTokens, outputTokens, false);
    }

    /** Input and output together. */
    public long total() {
        return inputTokens + outputTokens;
    }

    /** The sum of both. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                inputTokens + other.inputTokens, outputTokens + other.outputTokens, isKnown && other.isKnown);
    }
}
