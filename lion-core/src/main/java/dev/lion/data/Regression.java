package dev.lion.data;

/**
 * A student is worse than an earlier one by more than chance explains, on the same items.
 *
 * @param since the iteration of the most accurate earlier student, with which it was compared
 * @param fall by how much its accuracy is lower, above 0: 0.05 is five points
 * @param low lower end of the interval that holds the true fall with a confidence of 1 - 0.05 / k, above 0, where k is the
 *     number of earlier students that were measured: the best of them is so partly by chance
 * @param high its upper end
 */
public record Regression(int since, double fall, double low, double high) {
    public Regression {
        if (since < 0 || !(0 < low && low <= fall && fall <= high)) {
            throw new IllegalArgumentException("a fall since iteration " + since
                    + " must lie above 0 and within its interval, but is " + fall + " in " + low + " to " + high);
        }
    }
}
