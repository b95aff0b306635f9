package dev.lion.novelty;

/** Counts how often texts of a segment are named, and knows the one named most. Reused. */
final class Tally {
    private final byte[] counts = new byte[Segment.LARGEST];
    private final int[] named = new int[Lookup.PROBED];
    private int distinct;
    private int most;
    private int leader = -1;

    void clear() {
        for (int i = 0; i < distinct; i++) {
            counts[named[i]] = 0;
        }
        distinct = 0;
        most = 0;
        leader = -1;
    }

    void count(int text) {
        if (counts[text] == 0) {
            named[distinct++] = text;
        }
        if (counts[text] < Byte.MAX_VALUE && ++counts[text] > most) {
            most = counts[text];
            leader = text;
        }
    }

    /** How often the leader was named. */
    int most() {
        return most;
    }

    /** The text named most, the first of equals; -1 when none was. */
    int leader() {
        return leader;
    }
}
