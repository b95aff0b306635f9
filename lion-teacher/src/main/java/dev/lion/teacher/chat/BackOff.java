package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.Random;

/**
 * Pauses that double from attempt to attempt up to a longest one, each shortened by up to half at random, so that calls which
 * failed together do not come back together. For any thread.
 */
final class BackOff {
    private static final int MOST_DOUBLINGS = 30;
    private static final double SPREAD = 0.5;
    private static final double SPREAD_BEYOND_ADVICE = 0.1;

    private final Duration first;
    private final Duration longest;
    private final Random random;

    BackOff(Duration first, Duration longest, long seed) {
        this.first = first;
        this.longest = longest;
        this.random = new Random(seed);
    }

    /** The pause after the attempt of this number, counted from 1. */
    Duration after(int attempt) {
        double doubled = (double) first.toNanos() * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
        double most = Math.min(doubled, (double) longest.toNanos());
        return Duration.ofNanos((long) (most * (1 - SPREAD * random.nextDouble())));
    }

    /** A pause that somebody asked for, never shorter than it. */
    Duration atLeast(Duration advised) {
        return advised.plusNanos((long) ((double) advised.toNanos() * SPREAD_BEYOND_ADVICE * random.nextDouble()));
    }
}
