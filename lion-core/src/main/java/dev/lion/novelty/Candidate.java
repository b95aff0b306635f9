package dev.lion.novelty;

import java.util.Arrays;

/** A text to be compared with many: its distinct tokens that added texts have, in slots from 1. Reused from query to query. */
final class Candidate {
    private final Vocabulary vocabulary;
    private final Texts texts;
    private final Texts.Reader reader = new Texts.Reader();
    private final CommonSubsequence subsequence = new CommonSubsequence();
    private int length;
    // by position: token while loading, then slot or 0
    private int[] sequence = new int[256];
    private int distinct;
    private int[] tokens = new int[256];
    private int[] counts = new int[256];
    // of each token of the vocabulary: its slot, or 0 when the candidate lacks it
    private int[] slotOf = new int[0];

    Candidate(Vocabulary vocabulary, Texts texts) {
        this.vocabulary = vocabulary;
        this.texts = texts;
    }

    /** Becomes this text. */
    void load(String text, Tokenization tokenization) {
        forget();
        tokenization.scan(text, (normalised, from, to) -> append(vocabulary.find(normalised, from, to)));
        reserve();
        for (int i = 0; i < length; i++) {
            sequence[i] = sequence[i] == Vocabulary.UNKNOWN ? 0 : slot(sequence[i]);
        }
        subsequence.load(sequence, length, distinct);
    }

    private void forget() {
        for (int slot = 1; slot <= distinct; slot++) {
            slotOf[tokens[slot]] = 0;
        }
        distinct = 0;
        length = 0;
    }

    private void append(int token) {
        if (length == sequence.length) {
            sequence = Arrays.copyOf(sequence, length * 2);
        }
        sequence[length++] = token;
    }

    private void reserve() {
        if (slotOf.length < vocabulary.size()) {
            slotOf = new int[vocabulary.size() + vocabulary.size() / 2];
        }
        if (tokens.length <= length) {
            tokens = new int[length * 2];
            counts = new int[length * 2];
        }
    }

    private int slot(int token) {
        if (slotOf[token] == 0) {
            slotOf[token] = ++distinct;
            tokens[distinct] = token;
            counts[distinct] = 0;
        }
        counts[slotOf[token]]++;
        return slotOf[token];
    }

    /** The number of tokens. */
    int length() {
        return length;
    }

    /** The number of distinct tokens that added texts have, which is also the last slot. */
    int distinct() {
        return distinct;
    }

    int token(int slot) {
        return tokens[slot];
    }

    /** How often a distinct token stands in the text. */
    int count(int slot) {
        return counts[slot];
    }

    /** Compares with a text and tells the search when it matters. */
    void compareWith(int text, Search search) {
        texts.read(text, reader);
        int textLength = reader.next();
        int wanted = search.wanted(textLength);
        if (wanted > Math.min(length, textLength)) {
            return;
        }
        int common = subsequence.length(reader, textLength, slotOf, wanted);
        if (common >= wanted) {
            search.see(text, common, textLength);
        }
    }
}
