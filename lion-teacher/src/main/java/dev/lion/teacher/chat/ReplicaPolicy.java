package dev.lion.teacher.chat;

import java.time.Duration;

/**
 * When an endpoint is taken out of service and for how long.
 *
 * @param failuresInRow after how many failures one after another
 * @param firstPause how long it is left alone at first
 * @param longestPause how long at most; each pause is twice the one before
 */
record ReplicaPolicy(int failuresInRow, Duration firstPause, Duration longestPause) {
    static final ReplicaPolicy USUAL = new ReplicaPolicy(3, Duration.ofSeconds(1), Duration.ofMinutes(1));

    ReplicaPolicy {
        if (failuresInRow < 1) {
            throw new IllegalArgumentException("failuresInRow must be 1 or more: " + failuresInRow);
        }
        if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "the first pause must be above 0 and the longest not below it, but they are " + firstPause + " and "
                            + longestPause);
        }
    }

    Duration after(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(longestPause) > 0 ? longestPause : twice;
    }
}
