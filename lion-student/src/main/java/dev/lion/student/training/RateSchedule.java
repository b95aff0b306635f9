package dev.lion.student.training;

/** How the learning rate goes on after the warm-up. */
public enum RateSchedule {
    /** Down to 0 along half a cosine; the default, as in the paper. */
    COSINE {
        @Override
        double share(double progress) {
            return Math.max(0, 0.5 * (1 + StrictMath.cos(Math.PI * progress)));
        }
    },
    /** Down to 0 along a line. */
    LINEAR {
        @Override
        double share(double progress) {
            return Math.max(0, 1 - progress);
        }
    },
    /** Not at all. */
    CONSTANT {
        @Override
        double share(double progress) {
            return 1;
        }
    };

    /** The share of the highest rate after this share of the steps behind the warm-up. */
    abstract double share(double progress);
}
