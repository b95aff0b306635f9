package dev.lion.novelty;

import java.util.Arrays;

/**
 * Length of the longest common subsequence of one pattern with many texts, 64 positions of the pattern at a time (H. Hyyrö,
 * <i>Bit-parallel LCS-length computation revisited</i>, 2004). A zero bit in {@code v} is a position at which the common
 * subsequence grows, so the zeros count its length. Bits above the pattern never match, and stay one. Reused from pattern to
 * pattern.
 *
 * <p>The distinct tokens of the pattern are numbered from 1, its slots; a token that the pattern lacks has slot 0.
 */
final class CommonSubsequence {
    /** Text tokens between two looks at whether the wanted length is still in reach. */
    private static final int STRIDE = 8;

    private int words;
    private int stride;
    private long[] v = new long[4];
    // of each slot the words in which it has positions, and the positions: from starts[slot] to before starts[slot + 1]
    private int[] starts = new int[256];
    private int[] wordOf = new int[256];
    private long[] positions = new long[256];

    /** Becomes the pattern that has these slots at its positions. */
    void load(int[] slots, int length, int distinct) {
        words = (length + Long.SIZE - 1) / Long.SIZE;
        stride = Math.max(STRIDE, words);
        reserve(length, distinct);
        findStarts(slots, length, distinct);
        positions[0] = 0;
        wordOf[0] = 0;
        int[] ends = Arrays.copyOf(starts, distinct + 1);
        for (int i = 0; i < length; i++) {
            int slot = slots[i];
            if (slot > 0) {
                int word = i / Long.SIZE;
                if (ends[slot] == starts[slot] || wordOf[ends[slot] - 1] != word) {
                    wordOf[ends[slot]] = word;
                    positions[ends[slot]++] = 0;
                }
                positions[ends[slot] - 1] |= 1L << i;
            }
        }
    }

    private void reserve(int length, int distinct) {
        if (v.length < words) {
            v = new long[words];
        }
        if (starts.length < distinct + 2) {
            starts = new int[distinct * 2];
        }
        if (positions.length <= length) {
            wordOf = new int[length * 2];
            positions = new long[length * 2];
        }
    }

    // slot 0 has one entry without positions, so that in one word every slot has exactly one
    private void findStarts(int[] slots, int length, int distinct) {
        int[] lastWord = new int[distinct + 1];
        Arrays.fill(lastWord, -1);
        Arrays.fill(starts, 0, distinct + 2, 0);
        starts[1] = 1;
        for (int i = 0; i < length; i++) {
            int slot = slots[i];
            if (slot > 0 && lastWord[slot] != i / Long.SIZE) {
                lastWord[slot] = i / Long.SIZE;
                starts[slot + 1]++;
            }
        }
        for (int slot = 1; slot <= distinct; slot++) {
            starts[slot + 1] += starts[slot];
        }
    }

    /** The length when it is {@code wanted} or more; some smaller number otherwise. */
    int length(Texts.Reader text, int textLength, int[] slotOf, int wanted) {
        return words == 1 ? inOneWord(text, textLength, slotOf, wanted) : inWords(text, textLength, slotOf, wanted);
    }

    private int inOneWord(Texts.Reader text, int textLength, int[] slotOf, int wanted) {
        long bits = -1;
        for (int left = textLength; left > 0; left--) {
            long matches = bits & positions[slotOf[text.next()]];
            bits = (bits + matches) | (bits - matches);
            if (left % STRIDE == 0 && Long.bitCount(~bits) + left - 1 < wanted) {
                return 0;
            }
        }
        return Long.bitCount(~bits);
    }

    private int inWords(Texts.Reader text, int textLength, int[] slotOf, int wanted) {
        Arrays.fill(v, 0, words, -1);
        for (int left = textLength; left > 0; left--) {
            int slot = slotOf[text.next()];
            if (slot > 0) {
                step(slot);
            }
            if (left % stride == 0 && zeros() + left - 1 < wanted) {
                return 0;
            }
        }
        return zeros();
    }

    // v ← (v + (v & m)) | (v & ~m), in the words in which m has bits, from the last to the first
    private void step(int slot) {
        for (int i = starts[slot + 1] - 1; i >= starts[slot]; i--) {
            int word = wordOf[i];
            long old = v[word];
            long matches = old & positions[i];
            long sum = old + matches;
            v[word] = sum | (old - matches);
            if (Long.compareUnsigned(sum, matches) < 0) {
                carryInto(word + 1);
            }
        }
    }

    // a carry fills the lowest zero
    private void carryInto(int from) {
        int word = from;
        while (word < words && v[word] == -1) {
            word++;
        }
        if (word < words) {
            v[word] |= v[word] + 1;
        }
    }

    private int zeros() {
        int zeros = 0;
        for (int w = 0; w < words; w++) {
            zeros += Long.bitCount(~v[w]);
        }
        return zeros;
    }
}
