package dev.lion.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the loop waits for batches, of roles that have {@linkplain dev.lion.role.Batches some}. It may change while a run goes
 * on. Immutable.
 *
 * @param firstPause between the first two looks at a batch, doubled after each look: 30 s
 * @param longestPause the longest pause between two looks: 10 min
 * @param deadline how long after it was submitted a batch is cancelled: 24 h
 * @param margin how much longer the results of a batch are waited for, from the moment at which a sitting finds it past its
 *     deadline: 1 h. Then they are given up
 * @param least fewer questions than this are asked one by one, as they are not worth the wait: 10
 */
public record Batching(Duration firstPause, Duration longestPause, Duration deadline, Duration margin, int least) {
    private static final Batching DEFAULTS =
            new Batching(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofHours(1), 10);

    /** @throws LoopConfigException naming every setting that is out of range */
    public Batching {
        List<String> faults = new ArrayList<>();
        require(isPositive(firstPause), "firstPause must be above 0", firstPause, faults);
        require(
                longestPause.compareTo(firstPause) >= 0,
                "longestPause must be at least firstPause, " + firstPause,
                longestPause,
                faults);
        require(isPositive(deadline), "deadline must be above 0", deadline, faults);
        require(!margin.isNegative(), "margin must not be negative", margin, faults);
        require(least >= 1, "least must be 1 or more", least, faults);
        if (!faults.isEmpty()) {
            throw new LoopConfigException(faults);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean condition, String rule, Object value, List<String> faults) {
        if (!condition) {
            faults.add("of batches, " + rule + ", but is " + value);
        }
    }

    /** The defaults. */
    public static Batching defaults() {
        return DEFAULTS;
    }

    /** These, with other pauses between two looks at a batch. */
    public Batching withPauses(Duration first, Duration longest) {
        return new Batching(first, longest, deadline, margin, least);
    }

    /** These, with another deadline and another wait for the results of a batch that was cancelled then. */
    public Batching withDeadline(Duration newDeadline, Duration newMargin) {
        return new Batching(firstPause, longestPause, newDeadline, newMargin, least);
    }

    /** These, with another number of questions that a batch is worth the wait for. */
    public Batching withLeast(int questions) {
        return new Batching(firstPause, longestPause, deadline, margin, questions);
    }

    /** The pause after so many looks. */
    Duration pause(int looks) {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(looks, 20));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
