package dev.lion.novelty;

import java.util.Arrays;

/**
 * For each token of a segment the texts that have it: how many, and then ascending keys as differences. Written once,
 * token by token.
 */
final class PostingLists {
    private static final int SPREAD = 0x9E3779B9;

    // open addressing: token + 1, or 0; and where its list begins
    private final int[] tokens;
    private final int[] places;
    private byte[] bytes;
    private int end;

    PostingLists(int distinctTokens, int postings) {
        int capacity = Integer.highestOneBit(Math.max(1, distinctTokens)) * 4;
        tokens = new int[distinctTokens * 3 < capacity ? capacity / 2 : capacity];
        places = new int[tokens.length];
        bytes = new byte[postings * 2 + Varint.LONGEST];
    }

    /** Writes a token's list from sorted keys. */
    void add(int token, int[] keys, int from, int to) {
        int slot = slot(token);
        tokens[slot] = token + 1;
        places[slot] = end;
        bytes = Varint.ensure(bytes, end + (to - from + 1) * Varint.LONGEST);
        end = Varint.write(bytes, end, to - from);
        int last = 0;
        for (int i = from; i < to; i++) {
            end = Varint.write(bytes, end, keys[i] - last);
            last = keys[i];
        }
    }

    /** Gives back the memory that was not needed. */
    void trim() {
        bytes = Arrays.copyOf(bytes, end);
    }

    /** Makes the reader read the number of the token's texts and then the differences; false when no text has it. */
    boolean read(int token, Varint.Reader reader) {
        int slot = slot(token);
        reader.moveTo(bytes, places[slot]);
        return tokens[slot] != 0;
    }

    private int slot(int token) {
        int slot = (token * SPREAD) >>> (1 + Integer.numberOfLeadingZeros(tokens.length));
        while (tokens[slot] != 0 && tokens[slot] != token + 1) {
            slot = (slot + 1) & (tokens.length - 1);
        }
        return slot;
    }
}
