package dev.lion.teacher.chat;

import java.time.Duration;

/**
 * Spreads something that has a rate evenly over time: what is taken puts off the time at which the next may go. Time that went
 * unused is lost, but for a little that makes up for threads that wake up late. Rates are per second, times in nanoseconds. Not
 * thread-safe.
 */
final class Flow {
    private static final double LEAST_LATENESS = Duration.ofMillis(20).toNanos();
    private static final double MOST_LATENESS = Duration.ofMillis(100).toNanos();
    private static final int LATE = 2;
    private static final double SECOND = 1e9;

    private double next = Double.NEGATIVE_INFINITY;

    /** The time from now on at which something may go; 0 for now. */
    long waitTime(long now) {
        return next <= now ? 0 : (long) Math.ceil(next - now);
    }

    void take(long now, double amount, double rate) {
        double time = amount * SECOND / rate;
        double lateness = Math.max(LEAST_LATENESS, Math.min(MOST_LATENESS, LATE * time));
        next = Math.max(next, now - lateness) + time;
    }

    /** Takes the difference more, or less, now that the real amount is known. */
    void settle(double difference, double rate) {
        next += difference * SECOND / rate;
    }

    /** Nothing may go before a time. */
    void restart(long then) {
        next = Math.max(next, (double) then);
    }
}
