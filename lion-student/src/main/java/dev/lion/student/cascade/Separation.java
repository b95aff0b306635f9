package dev.lion.student.cascade;

import java.util.Arrays;
import java.util.OptionalDouble;

/** How well a number tells two kinds apart: the area under the ROC curve. */
final class Separation {
    private Separation() {}

    /** The probability that a number of the first kind is above one of the second, equal ones counted half. */
    static OptionalDouble of(double[] above, double[] below) {
        if (above.length == 0 || below.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = below.clone();
        Arrays.sort(sorted);
        double wins = 0;
        for (double value : above) {
            int lower = firstFrom(sorted, value);
            int upTo = firstFrom(sorted, Math.nextUp(value));
            wins += lower + (upTo - lower) / 2.0;
        }
        return OptionalDouble.of(wins / above.length / below.length);
    }

    // how many are below the value
    private static int firstFrom(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
