package dev.lion.teacher.chat;

/**
 * How many calls may be under way: one until one has succeeded, then quickly more until their number is why one is refused, and
 * now and then one more. Not thread-safe.
 */
final class Concurrency {
    private static final int AFTER_FIRST = 8;
    private static final int GROWTH = 3;

    private final int most;
    private final Climb climb = new Climb();
    private int limit = 1;
    private boolean hasSucceeded;
    /** The number at which a call was refused for it; none at first. */
    private int refusedAt = Integer.MAX_VALUE;

    Concurrency(int most) {
        this.most = most;
    }

    int limit() {
        return limit;
    }

    /** A call succeeded, and so many are still under way. */
    void succeeded(int underWay) {
        if (!hasSucceeded) {
            limit = Math.min(most, AFTER_FIRST);
        } else if (refusedAt == Integer.MAX_VALUE && underWay >= limit - GROWTH) {
            limit = Math.min(most, limit + GROWTH);
        }
        hasSucceeded = true;
    }

    /** More calls want to go than the limit lets. */
    void reached(long now) {
        if (refusedAt < Integer.MAX_VALUE) {
            double gain = climb.gain(now, 1);
            limit = gain == 0 ? limit : Math.min(most, limit + Math.max(1, (int) (gain * limit)));
        }
    }

    /** One call more than these was refused for their number. */
    void exceeded(int beside, long reopening) {
        if (beside >= refusedAt) {
            climb.confirmed(reopening);
        } else {
            climb.moved(reopening);
        }
        limit = Math.max(1, Math.min(limit, beside));
        refusedAt = limit;
    }
}
