package dev.lion.data;

import java.util.Objects;
import java.util.Optional;

/**
 * How the referee was used in one discrimination. The same run has the same figures, however often it was interrupted.
 *
 * @param calls verdicts that were asked for
 * @param fullCalls verdicts on every answered instruction in both orders, as the paper asks for them
 * @param notJudged answered instructions that the referee was not asked about
 * @param discarded instructions with both verdicts that were left out, because the verdicts were not taken as one
 * @param orders what the order of the answers did
 * @param estimates how the parts compare with those of full judging; empty when judging was full
 */
public record JudgingSummary(
        long calls, long fullCalls, int notJudged, int discarded, Orders orders, Optional<Estimates> estimates) {
    public JudgingSummary {
        Objects.requireNonNull(orders, "orders");
        Objects.requireNonNull(estimates, "estimates");
    }

    /** Nothing was saved and nothing compared. */
    public static JudgingSummary full(long calls, Orders orders) {
        return new JudgingSummary(calls, calls, 0, 0, orders, Optional.empty());
    }

    /** Share of the paper's calls that were not made, 0 when there were none to make. */
    public double savedShare() {
        return fullCalls == 0 ? 0 : 1 - (double) calls / fullCalls;
    }

    /**
     * What the order of the answers did, on instructions that were judged in both: all of them or, when something was
     * saved, the random part that always is.
     *
     * @param compared instructions with both verdicts
     * @param conflicts those whose outcome (better, tie, worse) changes with the order: the "conflict rate" of arXiv
     *     2305.17926 as a count
     * @param flips those whose winner changes with the order, without a tie in either
     * @param positionDelta mean advantage of the answer shown first over the one shown second, in points
     */
    public record Orders(int compared, int conflicts, int flips, double positionDelta) {
        /** Conflicts as a share, 0 when nothing was compared. */
        public double conflictRate() {
            return compared == 0 ? 0 : (double) conflicts / compared;
        }

        /** Flips as a share, 0 when nothing was compared. */
        public double flipRate() {
            return compared == 0 ? 0 : (double) flips / compared;
        }
    }

    /**
     * How the parts compare with those that the same referee's full judging would have made, as measured on the random
     * part that is judged in full, by rules learnt on the rest of it.
     *
     * @param hardShare hard instructions as a share of all answered ones
     * @param found hard instructions that are in the hard part, as a share of all hard ones: recall
     * @param confirmed hard instructions in the hard part, as a share of that part: precision
     * @param differing instructions judged in one order that full judging would have put elsewhere, as a share of those
     *     judged in one order
     */
    public record Estimates(double hardShare, Share found, Share confirmed, Share differing) {
        public Estimates {
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(confirmed, "confirmed");
            Objects.requireNonNull(differing, "differing");
        }
    }
}
