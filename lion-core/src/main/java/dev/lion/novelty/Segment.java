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
    private final Varint.Reader reader = new Varint.Reader();

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

    int first() {
        return first;
    }

    int size() {
        return texts.length;
    }

    /** Shows the search every text that may matter to it. */
    void search(Candidate candidate, Search search) {
        long[] order = rarestFirst(candidate);
        int rest = 0;
        for (long entry : order) {
            rest += candidate.count((int) entry);
        }
        Arrays.fill(visited, 0);
        for (int i = 0; i < order.length && search.canMatter(rest) && !search.isOver(); i++) {
            int slot = (int) order[i];
            lists.read(candidate.token(slot), reader);
            visit(rest, candidate, search);
            rest -= candidate.count(slot);
        }
    }

    // the candidate's tokens that the segment has: number of texts above, slot below
    private long[] rarestFirst(Candidate candidate) {
        long[] order = new long[candidate.distinct()];
        int known = 0;
        for (int slot = 0; slot < order.length; slot++) {
            if (lists.read(candidate.token(slot), reader)) {
                order[known++] = ((long) reader.next() << Integer.SIZE) | slot;
            }
        }
        long[] sorted = Arrays.copyOf(order, known);
        Arrays.sort(sorted);
        return sorted;
    }

    private void visit(int candidateRest, Candidate candidate, Search search) {
        int key = 0;
        int level = -1;
        int from = 0;
        int to = 0;
        for (int left = reader.next(); left > 0; left--) {
            key += reader.next();
            if (key >>> TEXT_BITS != level) {
                level = key >>> TEXT_BITS;
                int common = Math.min(candidateRest, Rest.largest(Rest.CLASSES - 1 - level));
                if (!search.canMatter(common)) {
                    return;
                }
                from = atLeast(search.shortest());
                to = longerThan(search.longest(common));
            }
            int text = key & (LARGEST - 1);
            if (text >= from && text < to && visitFirst(text)) {
                candidate.compareWith(texts[text], search);
                if (search.isOver()) {
                    return;
                }
            }
        }
    }

    private boolean visitFirst(int text) {
        long bit = 1L << text;
        boolean isFirst = (visited[text / Long.SIZE] & bit) == 0;
        visited[text / Long.SIZE] |= bit;
        return isFirst;
    }

    private int atLeast(int length) {
        return firstOfLength[Math.min(length, firstOfLength.length - 1)];
    }

    private int longerThan(int length) {
        return length >= firstOfLength.length - 1 ? texts.length : firstOfLength[length + 1];
    }
}
