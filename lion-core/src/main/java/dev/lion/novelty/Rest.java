package dev.lion.novelty;

/**
 * How many tokens of a text are left from some point on, in classes: exact up to 15, then eight classes to each doubling.
 * A class stands for its largest number, so that bounds from it are never too low.
 */
final class Rest {
    /** The number of classes. */
    static final int CLASSES = 128;

    private static final int EXACT = 16;
    private static final int FIRST_OCTAVE = 4;
    private static final int STEP_BITS = 3;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int[] LARGEST = new int[CLASSES];

    static {
        for (int c = 0; c < CLASSES; c++) {
            LARGEST[c] = largestOf(c);
        }
    }

    private Rest() {}

    static int classOf(int rest) {
        if (rest < EXACT) {
            return rest;
        }
        int octave = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rest);
        int step = (rest >>> (octave - STEP_BITS)) & (STEPS - 1);
        return Math.min(CLASSES - 1, EXACT + (octave - FIRST_OCTAVE) * STEPS + step);
    }

    /** The largest number in a class. */
    static int largest(int restClass) {
        return LARGEST[restClass];
    }

    private static int largestOf(int restClass) {
        if (restClass < EXACT) {
            return restClass;
        }
        if (restClass == CLASSES - 1) {
            return Integer.MAX_VALUE;
        }
        int octave = FIRST_OCTAVE + (restClass - EXACT) / STEPS;
        return ((STEPS + (restClass - EXACT) % STEPS + 1) << (octave - STEP_BITS)) - 1;
    }
}
