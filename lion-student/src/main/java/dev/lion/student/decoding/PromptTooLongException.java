package dev.lion.student.decoding;

import dev.lion.LionException;

/** A prompt leaves no room for an answer. */
public final class PromptTooLongException extends LionException {
    private static final long serialVersionUID = 1;

    private final int tokens;
    private final int limit;

    private PromptTooLongException(String count, int tokens, int limit) {
        super("the prompt has " + count + " tokens, and no answer fits after it: the student's context is " + limit);
        this.tokens = tokens;
        this.limit = limit;
    }

    PromptTooLongException(int tokens, int limit) {
        this(String.valueOf(tokens), tokens, limit);
    }

    /** For a prompt whose tokens are not counted, since so long a text has this many at least. */
    public static PromptTooLongException atLeast(int tokens, int limit) {
        return new PromptTooLongException("at least " + tokens, tokens, limit);
    }

    /** The prompt's tokens; of a prompt that is much too long, as many as it has at least. */
    public int tokens() {
        return tokens;
    }

    /** Tokens of prompt and answer that the student can see. */
    public int limit() {
        return limit;
    }
}
