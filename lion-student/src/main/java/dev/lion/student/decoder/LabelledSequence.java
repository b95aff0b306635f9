package dev.lion.student.decoder;

/** A prompt and its answer as tokens; immutable. The answer, its end token included, is what is learnt. */
public final class LabelledSequence {
    private final int[] tokens;
    private final int promptLength;

    /**
     * A sequence to learn.
     *
     * @param tokens prompt, answer, end
     * @param promptLength tokens of the prompt: at least one, and fewer than all
     */
    public LabelledSequence(int[] tokens, int promptLength) {
        if (promptLength < 1 || promptLength >= tokens.length) {
            throw new IllegalArgumentException("a prompt of " + promptLength + " tokens in a sequence of "
                    + tokens.length + " leaves nothing to learn from");
        }
        this.tokens = tokens.clone();
        this.promptLength = promptLength;
    }

    /** The token at a place. */
    public int token(int place) {
        return tokens[place];
    }

    /** Tokens of prompt, answer and end. */
    public int length() {
        return tokens.length;
    }

    /** Tokens that go through the decoder: all but the last. */
    public int inputLength() {
        return tokens.length - 1;
    }

    /** Tokens of the prompt. */
    public int promptLength() {
        return promptLength;
    }

    /** Tokens that are learnt. */
    public int labelCount() {
        return tokens.length - promptLength;
    }
}
