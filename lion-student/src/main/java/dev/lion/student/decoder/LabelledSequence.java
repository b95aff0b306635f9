package dev.lion.student.decoder;

import java.util.BitSet;

/**
 * A text as tokens, some of which are learnt: the answers with their end tokens, in a conversation each of them. Immutable.
 */
public final class LabelledSequence {
    private final String id;
    private final int[] tokens;
    private final BitSet learnt;

    /**
     * A sequence to learn.
     *
     * @param id what messages call it: the instruction's id
     * @param tokens the whole text
     * @param learnt the places whose tokens are learnt from what precedes them: at least one, and never place 0
     */
    public LabelledSequence(String id, int[] tokens, BitSet learnt) {
        if (learnt.isEmpty() || learnt.get(0) || learnt.length() > tokens.length) {
            throw new IllegalArgumentException("the places " + learnt + " to learn in a sequence of " + tokens.length
                    + " tokens must be at least one, within it, and not its first");
        }
        this.id = id;
        this.tokens = tokens.clone();
        this.learnt = (BitSet) learnt.clone();
    }

    /** A prompt of at least one token, and the answer to it, which is learnt, its end token included. */
    public static LabelledSequence of(String id, int[] tokens, int promptLength) {
        if (promptLength < 1 || promptLength >= tokens.length) {
            throw new IllegalArgumentException("a prompt of " + promptLength + " tokens in a sequence of "
                    + tokens.length + " leaves nothing to learn from");
        }
        var learnt = new BitSet();
        learnt.set(promptLength, tokens.length);
        return new LabelledSequence(id, tokens, learnt);
    }

    /** What messages call it. */
    public String id() {
        return id;
    }

    /** The token at a place. */
    public int token(int place) {
        return tokens[place];
    }

    /** Whether the token at a place is learnt. */
    public boolean isLearnt(int place) {
        return learnt.get(place);
    }

    /** Tokens before the first that is learnt. */
    public int promptLength() {
        return learnt.nextSetBit(0);
    }

    /** Tokens in all. */
    public int length() {
        return tokens.length;
    }

    /** Tokens that go through the decoder: all but those after the last place that anything is learnt from. */
    public int inputLength() {
        return learnt.length() - 1;
    }

    /** Tokens that are learnt. */
    public int labelCount() {
        return learnt.cardinality();
    }
}
