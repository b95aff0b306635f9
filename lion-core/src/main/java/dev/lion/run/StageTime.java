package dev.lion.run;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a stage took on the clock, over all the sittings it took. Kept apart from the summaries, since no two runs
 * take equally long.
 */
public record StageTime(int iteration, Stage stage, Duration duration) {
    public StageTime {
        Objects.requireNonNull(stage, "stage");
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a stage cannot take " + duration);
        }
    }
}
