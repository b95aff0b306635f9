package dev.lion.judging;

/**
 * When the referee is asked a second time, with the order of the answers exchanged; {@link #always()} by default, the
 * paper's.
 */
public sealed interface SecondOrder {
    /** For every instruction that is judged. */
    static SecondOrder always() {
        return new Always();
    }

    /**
     * Only when the first verdict leaves the decision open: when a different decision in the end has a probability above
     * this, from 0 up to 0.5. The same as {@code whenOpen(p, 1 - p)}.
     */
    static SecondOrder whenOpen(double probability) {
        return new WhenOpen(probability, 1 - probability);
    }

    /**
     * Only when the first verdict leaves the decision open: an instruction that is hard with a probability below {@code
     * easyBelow} after the first verdict is easy, one with {@code hardFrom} or more is hard, and the others are asked
     * about again. The probabilities are measured in every iteration on the {@link Audit}. A low {@code hardFrom} finds
     * more of the hard instructions, and some that are not. With both the same, nothing is asked about again.
     */
    static SecondOrder whenOpen(double easyBelow, double hardFrom) {
        return new WhenOpen(easyBelow, hardFrom);
    }

    /** See {@link SecondOrder#always}. */
    record Always() implements SecondOrder {
        @Override
        public String toString() {
            return "always";
        }
    }

    /** See {@link SecondOrder#whenOpen(double, double)}. */
    record WhenOpen(double easyBelow, double hardFrom) implements SecondOrder {
        public WhenOpen {
            if (!(easyBelow >= 0 && easyBelow <= hardFrom && hardFrom <= 1)) {
                throw new IllegalArgumentException(
                        "easyBelow must be 0 or more and at most hardFrom, and hardFrom at most 1, but they are "
                                + easyBelow + " and " + hardFrom);
            }
        }

        @Override
        public String toString() {
            return "when hard with a probability from " + easyBelow + " to " + hardFrom;
        }
    }
}
