package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a provider is left alone after a refusal: as long as it wants, but not longer than is reasonable, and longer each
 * time when it goes on refusing or does not say. Times are nanoseconds. Not thread-safe.
 */
final class Pause {
    private static final long SHORTEST = Duration.ofMillis(100).toNanos();
    private static final long UNSAID = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_OWN = Duration.ofMinutes(1).toNanos();
    private static final int MOST_DOUBLINGS = 20;

    private final long longest;
    private int refusals;

    Pause(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** The provider refuses, after a time in which it did not. */
    long begin(Optional<Duration> wanted) {
        refusals++;
        return again(wanted);
    }

    /** The provider refuses one more of the calls that were made before it was known to refuse. */
    long again(Optional<Duration> wanted) {
        long nanos = wanted.map(Duration::toNanos)
                .map(named -> Math.max(named, doubled(SHORTEST)))
                .orElseGet(() -> doubled(UNSAID));
        return Math.min(longest, nanos);
    }

    private long doubled(long nanos) {
        return Math.min(LONGEST_OWN, nanos << Math.min(MOST_DOUBLINGS, Math.max(0, refusals - 1)));
    }

    /** A call that was made since then was answered. */
    void over() {
        refusals = 0;
    }
}
