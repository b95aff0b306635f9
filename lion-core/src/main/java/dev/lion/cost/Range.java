package dev.lion.cost;

/**
 * A quantity that is not known exactly.
 *
 * @param low the least that is likely
 * @param expected the likeliest
 * @param high the most that is likely
 */
public record Range(double low, double expected, double high) {
    /** Nothing. */
    public static final Range NONE = new Range(0, 0, 0);

    /** @throws IllegalArgumentException when a value is negative, or they do not ascend */
    public Range {
        if (!(low >= 0 && low <= expected && expected <= high && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a range must ascend from 0 or more, but is " + low + ", " + expected + ", " + high);
        }
    }

    /** A quantity that is known. */
    public static Range of(double exact) {
        return new Range(exact, exact, exact);
    }

    /** The sum of both. */
    public Range plus(Range other) {
        return new Range(low + other.low, expected + other.expected, high + other.high);
    }

    /** The product of both. */
    public Range times(Range other) {
        return new Range(low * other.low, expected * other.expected, high * other.high);
    }

    /** So many times as much. */
    public Range times(double factor) {
        return times(of(factor));
    }
}
