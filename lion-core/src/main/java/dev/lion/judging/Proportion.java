package dev.lion.judging;

import dev.lion.data.Share;
import java.util.function.DoublePredicate;

/** The exact interval of a proportion (Clopper and Pearson 1934), 95 % two-sided. */
final class Proportion {
    private static final double TAIL = 0.025;
    private static final int HALVINGS = 60;

    private Proportion() {}

    /** The share that {@code hits} of {@code trials} stand for; anything from 0 to 1 when there are no trials. */
    static Share of(int hits, int trials) {
        if (trials == 0) {
            return new Share(0.5, 0, 1);
        }
        double low = hits == 0 ? 0 : highest(p -> atMost(trials - hits, trials, 1 - p) <= TAIL);
        double high = hits == trials ? 1 : highest(p -> atMost(hits, trials, p) >= TAIL);
        double estimate = (double) hits / trials;
        return new Share(estimate, Math.min(low, estimate), Math.max(high, estimate));
    }

    // the end of the probabilities from 0 on for which the condition holds
    private static double highest(DoublePredicate condition) {
        double holds = 0;
        double fails = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (holds + fails) / 2;
            if (condition.test(middle)) {
                holds = middle;
            } else {
                fails = middle;
            }
        }
        return holds;
    }

    /** Probability of at most this many hits. */
    static double atMost(int hits, int trials, double p) {
        if (hits >= trials) {
            return 1;
        }
        double odds = Math.log(p) - Math.log1p(-p);
        double logTerm = trials * Math.log1p(-p);
        double sum = Math.exp(logTerm);
        for (int i = 0; i < hits; i++) {
            logTerm += Math.log((double) (trials - i) / (i + 1)) + odds;
            sum += Math.exp(logTerm);
        }
        return sum;
    }
}
