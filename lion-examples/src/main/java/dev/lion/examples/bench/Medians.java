package dev.lion.examples.bench;

import java.util.Collection;

/** The middle of some measurements, which a disturbed one does not move. */
public final class Medians {
    private Medians() {}

    /** The middle value, or the mean of the two in the middle; there must be one at least. */
    public static double of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
