package dev.lion.student.cascade;

/**
 * A quality as it was measured, and where it lies in truth.
 *
 * @param estimate what was measured; 1 is the teacher's own, where the teacher is the measure
 * @param low lower end of the interval, 0 or above
 * @param high upper end of the interval
 */
public record QualityInterval(double estimate, double low, double high) {
    public QualityInterval {
        if (!(0 <= low && low <= estimate && estimate <= high && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a quality must lie in its interval, but is " + estimate + " in " + low + " to " + high);
        }
    }
}
