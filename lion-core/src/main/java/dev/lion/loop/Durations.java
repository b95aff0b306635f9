package dev.lion.loop;

import java.time.Duration;

/** Durations as people say them. */
final class Durations {
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    private Durations() {}

    /** As in 850 ms, 42 s, 10 min, 90 s, 2 h 5 min. */
    static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 2 * MINUTE && seconds != MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min" + rest(seconds % MINUTE, " s");
        }
        return seconds / HOUR + " h" + rest(seconds % HOUR / MINUTE, " min");
    }

    private static String rest(long count, String unit) {
        return count == 0 ? "" : " " + count + unit;
    }
}
