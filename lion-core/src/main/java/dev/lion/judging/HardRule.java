package dev.lion.judging;

import java.util.Arrays;
import java.util.Locale;

/**
 * Which gaps are hard; {@code gap(1.0)} by default, the paper's. The loop asks once an iteration, from its own thread.
 */
@FunctionalInterface
public interface HardRule {
    /**
     * The gaps that are hard.
     *
     * @param gaps the gaps of the iteration, ascending; where not all instructions are judged in both orders, those of a
     *     random part that is
     */
    GapRange range(double[] gaps);

    /**
     * The rule in a few words; the name of the class by default, or "a rule of the application" for a lambda, which has no
     * lasting name. A run is only continued under the same description, so that a rule with settings names them.
     */
    default String description() {
        return getClass().isHidden() ? "a rule of the application" : getClass().getName();
    }

    /** A gap of τ or more (paper, section 3.2), from −9 to 9. */
    static HardRule gap(double tau) {
        return new Threshold(tau);
    }

    /**
     * The widest gaps, as a share above 0 and below 1. Instructions whose gap equals the narrowest of them are hard as
     * well, so with scores in whole points the part may be larger than the share.
     */
    static HardRule topShare(double share) {
        return new TopShare(share);
    }

    /**
     * A gap from {@code from} up to, not including, {@code below}: with a range around 0, instructions on which teacher and
     * student are about even (R-Zero, arXiv 2508.05004).
     */
    static HardRule band(double from, double below) {
        return new Band(from, below);
    }

    /** See {@link #gap}. */
    record Threshold(double tau) implements HardRule {
        public Threshold {
            require(tau >= -9 && tau <= 9, "the gap from which an instruction is hard must be from -9 to 9", tau);
        }

        @Override
        public GapRange range(double[] gaps) {
            return GapRange.from(tau);
        }

        @Override
        public String description() {
            return "gap of " + tau + " or more";
        }
    }

    /** See {@link #topShare}. */
    record TopShare(double share) implements HardRule {
        public TopShare {
            require(share > 0 && share < 1, "the share of the widest gaps must be above 0 and below 1", share);
        }

        @Override
        public GapRange range(double[] gaps) {
            if (gaps.length == 0) {
                return GapRange.from(0);
            }
            double[] ascending = gaps.clone();
            Arrays.sort(ascending);
            int hard = (int) Math.ceil(share * ascending.length);
            return GapRange.from(ascending[ascending.length - hard]);
        }

        @Override
        public String description() {
            return String.format(Locale.ROOT, "widest %s of gaps", share);
        }
    }

    /** See {@link #band}. */
    record Band(double from, double below) implements HardRule {
        public Band {
            require(from >= -9 && from < below, "a band of gaps must begin at -9 or above, below its end", from);
            require(below <= 10, "a band of gaps must end at 10 or below", below);
        }

        @Override
        public GapRange range(double[] gaps) {
            return new GapRange(from, below);
        }

        @Override
        public String description() {
            return "gap from " + from + " to below " + below;
        }
    }

    private static void require(boolean condition, String rule, double value) {
        if (!condition) {
            throw new IllegalArgumentException(rule + ", but is " + value);
        }
    }
}
