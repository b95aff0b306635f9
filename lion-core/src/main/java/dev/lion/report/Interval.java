package dev.lion.report;

import dev.lion.data.EvaluationSummary.Score;

/**
 * Where the true accuracy lies with 95 % confidence (Wilson's score interval).
 *
 * @param low lower end, from 0
 * @param high upper end, to 1
 */
record Interval(double low, double high) {
    private static final double Z = 1.959964;

    /** The interval of a score over at least one item. */
    static Interval of(Score score) {
        double n = score.total();
        double p = score.accuracy();
        double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** Whether two accuracies differ by more than chance explains, were they measured on different items. */
    static boolean differ(Score first, Score second) {
        double variance = variance(first) + variance(second);
        return Math.abs(first.accuracy() - second.accuracy()) > Z * Math.sqrt(variance);
    }

    private static double variance(Score score) {
        return score.accuracy() * (1 - score.accuracy()) / score.total();
    }

    /** Half its width. */
    double margin() {
        return (high - low) / 2;
    }
}
