package dev.lion.examples.bench;

import java.util.Random;

/**
 * How true gaps are distributed and change: most instructions the student answers about as well as its teacher, on the
 * others it lags. All of it is assumed.
 *
 * @param name what it is called in the table
 * @param laggingShare share of seed instructions on which the student lags
 * @param caughtUp share of those on which it lags no longer after an iteration
 * @param fellBack share of the others on which it lags after an iteration
 * @param wobble standard deviation by which every gap changes in an iteration, in points
 */
record SimulatedWorld(String name, double laggingShare, double caughtUp, double fellBack, double wobble) {
    private static final double LIKE_ITS_PARENT = 0.6;

    static SimulatedWorld usual() {
        return new SimulatedWorld("usual drift", 0.35, 0.25, 0.05, 0.3);
    }

    static SimulatedWorld drifting() {
        return new SimulatedWorld("more drift", 0.35, 0.45, 0.12, 0.6);
    }

    /** The teacher's quality, in points. */
    double teacher(Random random) {
        return Math.max(4, Math.min(10, 8.2 + 0.8 * random.nextGaussian()));
    }

    /** The gap of a new instruction, in points. */
    double gap(Random random) {
        return random.nextDouble() < laggingShare ? lagging(random) : even(random);
    }

    // gamma distributed with shape 2 and scale 1.2 above 1.2 points
    private static double lagging(Random random) {
        return 1.2 - 1.2 * Math.log((1 - random.nextDouble()) * (1 - random.nextDouble()));
    }

    private static double even(Random random) {
        return 0.5 * random.nextGaussian();
    }

    /** The gap of an instruction that was generated from one with this gap. */
    double child(double parent, Random random) {
        return random.nextDouble() < LIKE_ITS_PARENT ? parent + 0.5 * random.nextGaussian() : gap(random);
    }

    /** What becomes of a gap in an iteration. */
    double next(double gap, Random random) {
        double change = random.nextDouble();
        if (gap >= 1 && change < caughtUp) {
            return even(random);
        }
        return gap < 1 && change < fellBack ? lagging(random) : gap + wobble * random.nextGaussian();
    }
}
