package dev.lion.evaluation;

/** How many standard deviations a normal variable stays within. */
final class NormalQuantile {
    private static final double WIDEST = 8;

    private NormalQuantile() {}

    /** The half width, in standard deviations, of the interval around the mean that holds a share from 0 to below 1. */
    static double twoSided(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the confidence must be from 0 to below 1, but is " + share);
        }
        double low = 0;
        double high = WIDEST;
        for (double middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
            if (within(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    // the share within z deviations: the density times twice the series z + z^3/3 + z^5/(3 * 5) + ...
    private static double within(double z) {
        double sum = 0;
        double term = z;
        for (int odd = 3; sum + term > sum; odd += 2) {
            sum += term;
            term *= z * z / odd;
        }
        return Math.min(1, 2 * sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI));
    }
}
