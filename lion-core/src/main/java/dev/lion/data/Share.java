package dev.lion.data;

/**
 * A share that was estimated from a part.
 *
 * @param estimate from 0 to 1
 * @param low lower end of the interval that holds the true share with 95 % confidence
 * @param high its upper end
 */
public record Share(double estimate, double low, double high) {
    public Share {
        if (!(0 <= low && low <= estimate && estimate <= high && high <= 1)) {
            throw new IllegalArgumentException("a share must lie from 0 to 1 and within its interval, but is "
                    + estimate + " in " + low + " to " + high);
        }
    }

    /** A share that is known. */
    public static Share exactly(double share) {
        return new Share(share, share, share);
    }
}
