package dev.lion.loop;

import java.util.Arrays;

/** Where in a journal there is something for a position; nothing at first. For one thread at a time. */
final class Places {
    private static final long NOWHERE = -1;

    private final long[] starts;

    Places(int positions) {
        starts = new long[positions];
        Arrays.fill(starts, NOWHERE);
    }

    void put(int position, long start) {
        starts[position] = start;
    }

    boolean contains(int position) {
        return starts[position] != NOWHERE;
    }

    /** Where it is; it must be {@linkplain #contains there}. */
    long get(int position) {
        return starts[position];
    }
}
