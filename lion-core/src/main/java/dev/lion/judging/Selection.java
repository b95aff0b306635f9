package dev.lion.judging;

/**
 * Which instructions of the Cache Pool the referee is asked about; {@link #everything()} by default, the paper's. The
 * others are in neither part, and the student does not answer them either.
 */
public sealed interface Selection {
    /** All of them. */
    static Selection everything() {
        return new Everything();
    }

    /**
     * A random share of them, above 0 and below 1, the same in each group of instructions with the same origin (seed, or
     * from a hard or an easy parent, by iteration) and a similar last gap.
     */
    static Selection stratified(double share) {
        return new Stratified(share);
    }

    /**
     * Those most likely hard first, by their own last gap, or else their parent's, until this share of all hard
     * instructions is expected to be among them; above 0 and below 1. How likely each gap makes it is measured in every
     * iteration on the {@link Audit}. Where no instruction was judged before, all are judged.
     */
    static Selection likelyHard(double share) {
        return new LikelyHard(share);
    }

    /** See {@link Selection#everything}. */
    record Everything() implements Selection {
        @Override
        public String toString() {
            return "everything";
        }
    }

    /** See {@link Selection#stratified}. */
    record Stratified(double share) implements Selection {
        public Stratified {
            requireShare(share);
        }

        @Override
        public String toString() {
            return "stratified sample of " + share;
        }
    }

    /** See {@link Selection#likelyHard}. */
    record LikelyHard(double share) implements Selection {
        public LikelyHard {
            requireShare(share);
        }

        @Override
        public String toString() {
            return "likely hard until " + share + " of the hard";
        }
    }

    private static void requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share of instructions to judge must be above 0 and below 1, but is "
                    + share + "; to judge all of them use everything()");
        }
    }
}
