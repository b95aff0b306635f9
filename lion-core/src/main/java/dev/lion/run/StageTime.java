package dev.lion.run;

import java.time.Duration;

/**
 * How long a stage took on the clock, over all the sittings it took. Kept apart from the summaries, since no two runs
 * take equally long.
 */
public record StageTime(int iteration, Stage stage, Duration duration) {}
