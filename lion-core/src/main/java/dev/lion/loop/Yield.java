package dev.lion.loop;

import java.util.BitSet;
import java.util.Locale;

/**
 * Whether the last requests for one difficulty still bring something, so that a generator that has nothing new to say is
 * not asked tens of thousands of times. It sees requests in the order in which they are decided on, so it ends a
 * generation at the same request however the answers arrived. For the coordinating thread.
 */
final class Yield {
    private final double least;
    private final BitSet fruitful = new BitSet(LoopConfig.YIELD_REQUESTS); // of the last requests, round and round
    private int decided;

    Yield(double least) {
        this.least = least;
    }

    void decided(boolean broughtSomething) {
        fruitful.set(decided % LoopConfig.YIELD_REQUESTS, broughtSomething);
        decided++;
    }

    boolean isTooLow() {
        return decided >= LoopConfig.YIELD_REQUESTS && share() < least;
    }

    private double share() {
        return (double) fruitful.cardinality() / LoopConfig.YIELD_REQUESTS;
    }

    /** What was seen, in words. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%d requests, since only %d of the last %d brought something new (leastYield %s)",
                decided,
                fruitful.cardinality(),
                LoopConfig.YIELD_REQUESTS,
                least);
    }
}
