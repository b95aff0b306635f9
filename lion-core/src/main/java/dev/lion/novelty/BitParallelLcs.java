package dev.lion.novelty;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Length of the longest common subsequence of one fixed pattern with many texts, 64 pattern positions at a time (H. Hyyrö,
 * <i>Bit-parallel LCS-length computation revisited</i>, 2004). A zero bit in {@code v} is a position at which the common
 * subsequence grows, so the zeros count its length.
 */
final class BitParallelLcs {
    /** Text tokens between two looks at whether the wanted length is still in reach. */
    private static final int STRIDE = 64;

    private final int patternLength;
    private final int words;
    private final Map<Integer, long[]> positions = new HashMap<>();
    private final long[] v;

    BitParallelLcs(int[] pattern) {
        patternLength = pattern.length;
        words = (pattern.length + Long.SIZE - 1) / Long.SIZE;
        v = new long[words];
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] != Vocabulary.UNKNOWN) {
                positions.computeIfAbsent(pattern[i], token -> new long[words])[i / Long.SIZE] |= 1L << i;
            }
        }
    }

    /** The length when it is {@code wanted} or more; some smaller number otherwise. */
    int length(int[] text, int wanted) {
        Arrays.fill(v, -1L);
        for (int i = 0; i < text.length; i++) {
            if (i % STRIDE == 0 && zeros() + text.length - i < wanted) {
                return 0;
            }
            long[] matches = positions.get(text[i]);
            if (matches != null) {
                step(matches);
            }
        }
        return zeros();
    }

    // v ← (v + (v & m)) | (v & ~m), the addition carrying from word to word
    private void step(long[] matches) {
        long carry = 0;
        for (int w = 0; w < words; w++) {
            long u = v[w] & matches[w];
            long withCarry = v[w] + carry;
            long sum = withCarry + u;
            boolean overflow = Long.compareUnsigned(withCarry, v[w]) < 0 || Long.compareUnsigned(sum, u) < 0;
            v[w] = sum | (v[w] & ~matches[w]);
            carry = overflow ? 1 : 0;
        }
    }

    // bits above the pattern never match, and stay one: a carry into them is or-ed away
    private int zeros() {
        int ones = 0;
        for (long word : v) {
            ones += Long.bitCount(word);
        }
        return words * Long.SIZE - ones;
    }

    int patternLength() {
        return patternLength;
    }
}
