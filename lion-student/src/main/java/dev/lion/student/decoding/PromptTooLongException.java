package dev.lion.student.decoding;

import dev.lion.LionException;

/** A prompt leaves no room for an answer. */
public final class PromptTooLongException extends LionException {
    private static final long serialVersionUID = 1;

    private final int tokens;
    private final int limit;

    PromptTooLongException(int tokens, int limit) {
        super("the prompt has " + tokens + " tokens, and no answer fits after it: the student's context is " + limit);
        this.tokens = tokens;
        this.limit = limit;
    }

    /** The prompt's tokens. */
    public int tokens() {
        return tokens;
    }

    /** Tokens of prompt and answer that the student can see. */
    public int limit() {
        return limit;
    }
}
