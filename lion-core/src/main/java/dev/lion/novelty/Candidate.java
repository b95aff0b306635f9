package dev.lion.novelty;

import java.util.Arrays;

/**
 * A text to be compared with many: its distinct known tokens, and for each the positions it stands at, as bits. Reused
 * from query to query.
 */
final class Candidate {
    private static final int CHECKED_EVERY = 8;

    private final Vocabulary vocabulary;
    private final Texts texts;
    private final Texts.Reader reader = new Texts.Reader();
    private int length;
    private int words;
    // tokens by position; then distinct tokens by slot, which is from 1: no token has slot 0
    private int[] tokens = new int[256];
    private int distinct;
    private int[] slotTokens = new int[256];
    private int[] counts = new int[256];
    private long[] positions = new long[256];
    // of each token of the vocabulary: its slot, or 0 when the candidate lacks it
    private short[] slots = new short[0];
    private long[] v = new long[4];

    Candidate(Vocabulary vocabulary, Texts texts) {
        this.vocabulary = vocabulary;
        this.texts = texts;
    }

    /** Becomes this text. */
    void load(String text, Tokenization tokenization) {
        forget();
        tokenization.scan(text, (normalised, from, to) -> append(vocabulary.find(normalised, from, to)));
        words = (length + Long.SIZE - 1) / Long.SIZE;
        reserve();
        for (int i = 0; i < length; i++) {
            if (tokens[i] != Vocabulary.UNKNOWN) {
                mark(tokens[i], i);
            }
        }
    }

    private void forget() {
        for (int slot = 1; slot <= distinct; slot++) {
            slots[slotTokens[slot]] = 0;
        }
        distinct = 0;
        length = 0;
    }

    private void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length * 2);
        }
        tokens[length++] = token;
    }

    private void reserve() {
        if (slots.length < vocabulary.size()) {
            slots = new short[vocabulary.size() + vocabulary.size() / 2];
        }
        if (slotTokens.length <= length) {
            slotTokens = new int[length * 2];
            counts = new int[length * 2];
        }
        if (positions.length < (length + 1) * words) {
            positions = new long[(length + 1) * words];
        }
        if (v.length < words) {
            v = new long[words];
        }
    }

    private void mark(int token, int position) {
        if (slots[token] == 0) {
            slots[token] = (short) ++distinct;
            slotTokens[distinct] = token;
            counts[distinct] = 0;
            Arrays.fill(positions, distinct * words, (distinct + 1) * words, 0);
        }
        int slot = slots[token];
        counts[slot]++;
        positions[slot * words + position / Long.SIZE] |= 1L << position;
    }

    /** The number of tokens. */
    int length() {
        return length;
    }

    /** The number of distinct tokens that added texts have. */
    int distinct() {
        return distinct;
    }

    int token(int slot) {
        return slotTokens[slot];
    }

    /** How often a distinct token stands in the text. */
    int count(int slot) {
        return counts[slot];
    }

    /** Compares with a text and tells the search when it matters. */
    void compareWith(int text, Search search) {
        texts.read(text, reader);
        int textLength = reader.next();
        if (textLength < search.shortest()) {
            return;
        }
        int wanted = search.wanted(textLength);
        if (wanted > length) {
            return;
        }
        int common = words == 1 ? commonInOneWord(textLength, wanted) : commonInWords(textLength, wanted);
        if (common >= wanted) {
            search.see(text, common, textLength);
        }
    }

    /*
     * Length of the longest common subsequence, 64 positions of the candidate at a time (H. Hyyrö, Bit-parallel LCS-length
     * computation revisited, 2004). A zero bit in v is a position at which the common subsequence grows, so the zeros count
     * its length. Bits above the candidate never match, and stay one: a carry into them is or-ed away. Some smaller number
     * when fewer than `wanted` are certain.
     */
    private int commonInOneWord(int textLength, int wanted) {
        long bits = -1;
        for (int left = textLength; left > 0; left--) {
            long matches = bits & positions[slots[reader.next()]];
            bits = (bits + matches) | (bits - matches);
            if (left % CHECKED_EVERY == 0 && Long.bitCount(~bits) + left - 1 < wanted) {
                return 0;
            }
        }
        return Long.bitCount(~bits);
    }

    private int commonInWords(int textLength, int wanted) {
        Arrays.fill(v, 0, words, -1L);
        for (int left = textLength; left > 0; left--) {
            int slot = slots[reader.next()];
            if (slot != 0) {
                step(slot * words);
            }
            if (left % CHECKED_EVERY == 0 && zeros() + left - 1 < wanted) {
                return 0;
            }
        }
        return zeros();
    }

    // v ← (v + (v & m)) | (v & ~m), the addition carrying from word to word
    private void step(int from) {
        long carry = 0;
        for (int w = 0; w < words; w++) {
            long old = v[w];
            long matches = old & positions[from + w];
            long withCarry = old + carry;
            long sum = withCarry + matches;
            boolean overflow = (carry != 0 && withCarry == 0) || Long.compareUnsigned(sum, matches) < 0;
            v[w] = sum | (old - matches);
            carry = overflow ? 1 : 0;
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
