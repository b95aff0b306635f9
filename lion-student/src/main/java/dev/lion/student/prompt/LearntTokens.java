package dev.lion.student.prompt;

import dev.lion.student.decoder.LabelledSequence;
import java.util.Arrays;
import java.util.BitSet;

/** The tokens of a conversation, in which answers are marked one after another. */
final class LearntTokens {
    private final int[] tokens;
    private final BitSet learnt = new BitSet();

    LearntTokens(int[] tokens) {
        this.tokens = tokens;
    }

    /**
     * Marks what follows a prompt as learnt, to the next end token and with it.
     *
     * @return whether the tokens begin with those of the prompt, and an end follows
     */
    boolean learnAfter(int[] prompt, int end) {
        if (prompt.length > tokens.length || !Arrays.equals(prompt, 0, prompt.length, tokens, 0, prompt.length)) {
            return false;
        }
        for (int place = prompt.length; place < tokens.length; place++) {
            if (tokens[place] == end) {
                learnt.set(prompt.length, place + 1);
                return true;
            }
        }
        return false;
    }

    /** The tokens to the last that is learnt. */
    LabelledSequence toSequence(String id) {
        return new LabelledSequence(id, Arrays.copyOf(tokens, learnt.length()), learnt);
    }
}
