package dev.lion.novelty;

import java.util.Arrays;

/**
 * An inverted index of texts that were added one after another. Within it texts are numbered by length, and tokens have an
 * order, the rarest first.
 *
 * <p>If the first token, in that order, that a text shares with the candidate is {@code t}, then they have no more in common
 * than the candidate's tokens from {@code t} on, and no more than the text's. So only the rarest tokens of the candidate are
 * looked up, and of their texts only those of which enough is left: a token's list begins with the texts that have the most
 * tokens left.
 */
final class Segment {
    /** The most texts in one segment: what has to be written anew when texts are added, and what a key has room for. */
    static final int LARGEST = 1 << 17;

    private static final int TEXT_BITS = 17;

    private final int first;
    private final int[] texts;
    // of each length the first text that is at least so long; longer ones are in one class
    private final int[] firstOfLength;
    private final PostingLists lists;
    private final long[] visited;

    /**
     * @param first the number of the first text added
     * @param texts the texts by length
     */
    Segment(int first, int[] texts, int[] firstOfLength, PostingLists lists) {
        this.first = first;
        this.texts = texts;
        this.firstOfLength = firstOfLength;
        this.lists = lists;
        visited = new long[(texts.length + Long.SIZE - 1) / Long.SIZE];
    }

    /** The key of a posting: texts with more tokens left come first, then shorter ones. */
    static int key(int restClass, int text) {
        return ((Rest.CLASSES - 1 - restClass) << TEXT_BITS) | text;
    }

    static int textOf(int key) {
        return key & (LARGEST - 1);
    }

    /** The class of the tokens left. */
    static int restClassOf(int key) {
        return Rest.CLASSES - 1 - (key >>> TEXT_BITS);
    }

    int first() {
        return first;
    }

    int size() {
        return texts.length;
    }

    /** The lists of this segment for one query. */
    Lookup lookup(Candidate candidate, Search search) {
        Arrays.fill(visited, 0);
        return new Lookup(this, candidate, search);
    }

    /** The texts of a token. */
    PostingLists lists() {
        return lists;
    }

    /** The number that a text of this segment has among all texts. */
    int numberOf(int text) {
        return texts[text];
    }

    /** Marks a text as compared; false when it was already. */
    boolean visit(int text) {
        long bit = 1L << text;
        boolean isFirst = (visited[text / Long.SIZE] & bit) == 0;
        visited[text / Long.SIZE] |= bit;
        return isFirst;
    }

    /** The first text that is so long. */
    int atLeast(int length) {
        return firstOfLength[Math.min(length, firstOfLength.length - 1)];
    }

    /** The first text that is longer. */
    int longerThan(int length) {
        return length >= firstOfLength.length - 1 ? texts.length : firstOfLength[length + 1];
    }
}
