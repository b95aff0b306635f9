package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary.Score;

/**
 * A figure that was measured on a sample, with the interval that holds the true one with 95 % confidence where nothing else
 * is said.
 *
 * @param value what was measured
 * @param low lower end of the interval
 * @param high its upper end
 */
public record Estimate(double value, double low, double high) {
    static final double Z = 1.959963984540054;

    public Estimate {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException(
                    "an estimate must lie within its interval, but is " + value + " in " + low + " to " + high);
        }
    }

    /**
     * The accuracy of a task, in Wilson's score interval (1927), which is narrower than the whole range also where all answers
     * are right, or none is.
     *
     * @throws IllegalArgumentException when nothing was asked
     */
    public static Estimate wilson(Score score) {
        return wilson(score, Z);
    }

    /** The same with another confidence, given by the normal quantile that belongs to it. */
    static Estimate wilson(Score score, double z) {
        int n = score.total();
        if (n == 0) {
            throw new IllegalArgumentException("an accuracy needs at least one item");
        }
        double p = score.accuracy();
        double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        double low = score.correct() == 0 ? 0 : centre - half;
        double high = score.correct() == n ? 1 : centre + half;
        return new Estimate(p, Math.min(p, low), Math.max(p, high));
    }
}
