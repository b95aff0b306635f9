package dev.lion.loop;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells when nothing moved for so long that it is worth saying: after the configured time, then each time the quiet has
 * doubled. Within a stage, a quiet that ended by itself makes it more patient, so that slow work is not warned about at
 * every step. {@link #moved} is for any thread, the rest for one at a time.
 */
final class StallClock {
    private final long first;
    private volatile long movedAt;
    private volatile boolean restarted = true;
    private long quietSince;
    private long patience;
    private long nextAfter;

    StallClock(Duration first, long now) {
        this.first = first.toNanos();
        this.movedAt = now;
    }

    void moved(long now) {
        movedAt = now;
    }

    /** From here on, other work is done. */
    void restart(long now) {
        movedAt = now;
        restarted = true;
    }

    /** How long it has been quiet, when that is to be said now. */
    Optional<Duration> overdue(long now) {
        long moved = movedAt;
        if (restarted) {
            restarted = false;
            patience = first;
            nextAfter = first;
        } else if (moved != quietSince) {
            if (nextAfter > patience) { // it was said, and was over by itself
                patience = Math.max(patience, 2 * (moved - quietSince));
            }
            nextAfter = patience;
        }
        quietSince = moved;
        long quiet = now - moved;
        if (quiet < nextAfter) {
            return Optional.empty();
        }
        nextAfter = 2 * quiet;
        return Optional.of(Duration.ofNanos(quiet));
    }
}
