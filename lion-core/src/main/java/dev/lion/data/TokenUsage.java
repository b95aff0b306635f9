package dev.lion.data;

/**
 * Tokens that one call consumed, as its provider counted them.
 *
 * @param inputTokens tokens of the prompt, zero or more
 * @param outputTokens tokens of the answer, zero or more
 */
public record TokenUsage(long inputTokens, long outputTokens) {
    /** No tokens: what a role that costs nothing, or does not say, reports. */
    public static final TokenUsage NONE = new TokenUsage(0, 0);

    public TokenUsage {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "token counts must not be negative: input " + inputTokens + ", output " + outputTokens);
        }
    }

    /** Input and output together. */
    public long total() {
        return inputTokens + outputTokens;
    }

    /** The sum of both. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
    }
}
