package dev.lion.student.decoding;

import java.util.Arrays;

/** Tokens to be continued, and the seed of the continuation's random choices; immutable. */
public final class Prompt {
    private final int[] tokens;
    private final long seed;

    /** A prompt of at least one token. */
    public Prompt(int[] tokens, long seed) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException("a prompt needs at least one token");
        }
        this.tokens = tokens.clone();
        this.seed = seed;
    }

    /** Its tokens. */
    public int length() {
        return tokens.length;
    }

    int token(int place) {
        return tokens[place];
    }

    /** How many of the first tokens are the other's as well. */
    int commonWith(Prompt other) {
        int place = Arrays.mismatch(tokens, other.tokens);
        return place < 0 ? tokens.length : place;
    }

    /** The uniform number in [0, 1) that draws a token of the answer, counted from 0: the same in whatever batch. */
    double uniform(int index) {
        long z = seed + (index + 1L) * 0x9E3779B97F4A7C15L; // SplitMix64
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
    }
}
