package dev.lion.judging;

/**
 * The gaps that are hard.
 *
 * @param from the lowest of them
 * @param below the first above them, exclusive; infinite when the range is open upwards
 */
public record GapRange(double from, double below) {
    public GapRange {
        if (!(from < below)) {
            throw new IllegalArgumentException("a range of gaps must not be empty: from " + from + " to " + below);
        }
    }

    /** All gaps from this one on. */
    public static GapRange from(double gap) {
        return new GapRange(gap, Double.POSITIVE_INFINITY);
    }

    /** Whether a gap is hard. */
    public boolean contains(double gap) {
        return gap >= from && gap < below;
    }

    /** How far inside the range a gap lies; negative outside. */
    double depth(double gap) {
        return Math.min(gap - from, below - gap);
    }
}
