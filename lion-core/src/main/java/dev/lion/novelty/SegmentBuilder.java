package dev.lion.novelty;

import java.util.Arrays;

/** Builds a segment; its memory while building is four bytes for each posting. Used once. */
final class SegmentBuilder {
    /** Longer texts are not told apart by length. */
    private static final int LONGEST_TOLD_APART = 4096;

    private final Texts texts;
    private final int first;
    private final int size;
    private final Texts.Reader reader = new Texts.Reader();
    private final int[] documents;
    private int[] ranks = new int[256];

    private SegmentBuilder(Texts texts, int vocabulary, int first, int end) {
        this.texts = texts;
        this.first = first;
        size = end - first;
        documents = new int[vocabulary];
    }

    /** The segment of the texts from {@code first} to before {@code end}. */
    static Segment build(Texts texts, int vocabulary, int first, int end) {
        return new SegmentBuilder(texts, vocabulary, first, end).build();
    }

    private Segment build() {
        int[] firstOfLength = new int[longest() + 2];
        int[] byLength = byLength(firstOfLength);
        countDocuments();
        int[] order = rarestFirst();
        return new Segment(first, byLength, firstOfLength, postings(byLength, order));
    }

    private int longest() {
        int longest = 0;
        for (int i = 0; i < size; i++) {
            longest = Math.max(longest, lengthClass(first + i));
        }
        return longest;
    }

    private int lengthClass(int text) {
        texts.read(text, reader);
        return Math.min(reader.next(), LONGEST_TOLD_APART);
    }

    // a counting sort, which keeps texts of the same length in order
    private int[] byLength(int[] firstOfLength) {
        for (int i = 0; i < size; i++) {
            firstOfLength[lengthClass(first + i) + 1]++;
        }
        for (int length = 1; length < firstOfLength.length; length++) {
            firstOfLength[length] += firstOfLength[length - 1];
        }
        int[] next = firstOfLength.clone();
        int[] byLength = new int[size];
        for (int i = 0; i < size; i++) {
            byLength[next[lengthClass(first + i)]++] = first + i;
        }
        return byLength;
    }

    private void countDocuments() {
        int[] lastSeen = new int[documents.length];
        for (int i = 0; i < size; i++) {
            texts.read(first + i, reader);
            for (int left = reader.next(); left > 0; left--) {
                int token = reader.next();
                if (lastSeen[token] != i + 1) {
                    lastSeen[token] = i + 1;
                    documents[token]++;
                }
            }
        }
    }

    // the tokens that occur, by number of texts, then by number
    private int[] rarestFirst() {
        long[] entries = new long[documents.length];
        int occurring = 0;
        for (int token = 0; token < documents.length; token++) {
            if (documents[token] > 0) {
                entries[occurring++] = ((long) documents[token] << Integer.SIZE) | token;
            }
        }
        Arrays.sort(entries, 0, occurring);
        return Arrays.stream(entries, 0, occurring)
                .mapToInt(entry -> (int) entry)
                .toArray();
    }

    private PostingLists postings(int[] byLength, int[] order) {
        int[] rankOf = new int[documents.length];
        int[] ends = new int[order.length];
        int postings = 0;
        for (int rank = 0; rank < order.length; rank++) {
            rankOf[order[rank]] = rank;
            ends[rank] = postings;
            postings += documents[order[rank]];
        }
        int[] keys = new int[postings];
        for (int i = 0; i < size; i++) {
            post(i, sortedRanks(byLength[i], rankOf), keys, ends);
        }
        return write(order, keys, ends);
    }

    private int sortedRanks(int text, int[] rankOf) {
        texts.read(text, reader);
        int length = reader.next();
        if (length > ranks.length) {
            ranks = new int[length * 2];
        }
        for (int i = 0; i < length; i++) {
            ranks[i] = rankOf[reader.next()];
        }
        Arrays.sort(ranks, 0, length);
        return length;
    }

    private void post(int text, int length, int[] keys, int[] ends) {
        for (int i = 0; i < length; i++) {
            if (i == 0 || ranks[i] != ranks[i - 1]) {
                keys[ends[ranks[i]]++] = Segment.key(Rest.classOf(length - i), text);
            }
        }
    }

    private PostingLists write(int[] order, int[] keys, int[] ends) {
        PostingLists lists = new PostingLists(order.length, keys.length);
        int from = 0;
        for (int rank = 0; rank < order.length; rank++) {
            Arrays.sort(keys, from, ends[rank]);
            lists.add(order[rank], keys, from, ends[rank]);
            from = ends[rank];
        }
        lists.trim();
        return lists;
    }
}
