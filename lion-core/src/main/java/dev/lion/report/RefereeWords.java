package dev.lion.report;

import dev.lion.data.JudgingSummary;
import dev.lion.data.JudgingSummary.Estimates;
import dev.lion.data.JudgingSummary.Orders;
import dev.lion.data.Share;
import dev.lion.run.IterationSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be known of the referee before its figures are believed, in words: its whims, and what it was spared. */
final class RefereeWords {
    private RefereeWords() {}

    /** Nothing where the referee was asked everything and the order made no difference. */
    static Optional<String> of(List<IterationSummary> judged) {
        IterationSummary last = judged.get(judged.size() - 1);
        JudgingSummary judging = last.discrimination().orElseThrow().judging();
        List<String> sentences = new ArrayList<>();
        if (judging.orders().conflicts() > 0) {
            sentences.add(whims(last.iteration(), judging.orders()));
        }
        judging.estimates().ifPresent(estimates -> {
            sentences.add(spared(judged));
            sentences.add(price(last.iteration(), estimates));
        });
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private static String whims(int iteration, Orders orders) {
        return "In iteration " + iteration + " the outcome changed with the order of the answers on "
                + Figures.wholePercent(orders.conflictRate()) + " of the "
                + Figures.count(orders.compared(), "instruction")
                + " that were compared, and the winner on " + Figures.wholePercent(orders.flipRate())
                + "; the answer shown first gained "
                + Figures.signed(orders.positionDelta(), 2) + " points on average.";
    }

    private static String spared(List<IterationSummary> judged) {
        long calls = judged.stream()
                .mapToLong(s -> s.discrimination().orElseThrow().judging().calls())
                .sum();
        long full = judged.stream()
                .mapToLong(s -> s.discrimination().orElseThrow().judging().fullCalls())
                .sum();
        return "Over the run the referee was asked " + Figures.count(calls) + " of the " + Figures.count(full)
                + " questions that full judging takes (" + Figures.wholePercent((double) calls / full)
                + "); scores and hard share are those of the random part that is judged in full.";
    }

    private static String price(int iteration, Estimates estimates) {
        return "In iteration " + iteration + " about " + range(estimates.found())
                + " of the instructions that full judging would call hard were found, and about "
                + range(estimates.confirmed()) + " of the hard part would be called so (with 95% confidence).";
    }

    /** A share with its interval: {@code 95% (92% to 98%)}. */
    static String range(Share share) {
        return Figures.wholePercent(share.estimate()) + " (" + Figures.wholePercent(share.low()) + " to "
                + Figures.wholePercent(share.high()) + ")";
    }
}
