package dev.lion.jury;

import java.util.Arrays;
import java.util.Locale;

/** How the jurors' scores of one answer become one; each answer's for itself. */
public enum Combination {
    /** The arithmetic mean; the default. */
    MEAN,
    /** The one in the middle, of an even number the mean of the two in the middle: one juror that is far off counts little. */
    MEDIAN;

    double of(double[] scores) {
        if (this == MEAN) {
            return Arrays.stream(scores).average().orElseThrow();
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
