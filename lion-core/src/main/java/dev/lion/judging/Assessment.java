package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.JudgingSummary;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What the answers to an {@link Inquiry} come to. For one thread. */
public final class Assessment {
    private final Inquiry inquiry;
    private final Advantages advantages;
    private final GapRange range;

    Assessment(Inquiry inquiry, Advantages advantages) {
        this.inquiry = inquiry;
        this.advantages = advantages;
        this.range = inquiry.range(advantages);
    }

    /** Whether the referee was asked about an instruction in this order. */
    public boolean wasAsked(int position, AnswerOrder order) {
        return inquiry.asked().contains(position, order);
    }

    /** The instructions that the referee was asked about, ascending. */
    public IntStream judged() {
        return inquiry.asked().positions();
    }

    /** The instructions that were judged in both orders and stand for all: all of them, or the audit. */
    public IntStream representative() {
        return inquiry.audit().stream();
    }

    /** Gap and difficulty; empty for an instruction that was not judged, lacks a verdict, or was discarded. */
    public Optional<Finding> finding(int position) {
        if (inquiry.asked().containsBoth(position)) {
            OptionalDouble gap = Inquiry.both(position, advantages)
                    .map(b -> inquiry.judging().aggregation().gap(b[0], b[1]))
                    .orElseGet(OptionalDouble::empty);
            return gap.isPresent() ? Optional.of(finding(gap.getAsDouble())) : Optional.empty();
        }
        return inquiry.policy().flatMap(policy -> closed(position, policy));
    }

    private Finding finding(double gap) {
        return new Finding(gap, range.contains(gap) ? Difficulty.HARD : Difficulty.EASY);
    }

    private Optional<Finding> closed(int position, Policy policy) {
        AnswerOrder order = inquiry.docket().firstOrder(position);
        if (!wasAsked(position, order)) {
            return Optional.empty();
        }
        OptionalDouble first = advantages.of(position, order);
        return first.isEmpty()
                ? Optional.empty()
                : policy.decide(position, order, first.getAsDouble())
                        .map(difficulty -> new Finding(policy.gap(order, first.getAsDouble()), difficulty));
    }

    /** The figures of the discrimination. */
    public JudgingSummary summary() {
        int answered = inquiry.docket().size();
        long judged = inquiry.asked().positions().count();
        return new JudgingSummary(
                inquiry.asked().size(),
                2L * answered,
                (int) (answered - judged),
                (int) inquiry.asked().positions().filter(this::isDiscarded).count(),
                orders(),
                inquiry.asked().size() == 2L * answered
                        ? Optional.empty()
                        : Optional.of(CrossCheck.of(inquiry, advantages).estimates()));
    }

    private boolean isDiscarded(int position) {
        return inquiry.asked().containsBoth(position)
                && Inquiry.both(position, advantages)
                        .filter(b ->
                                inquiry.judging().aggregation().gap(b[0], b[1]).isEmpty())
                        .isPresent();
    }

    private JudgingSummary.Orders orders() {
        int compared = 0;
        int conflicts = 0;
        int flips = 0;
        double delta = 0;
        for (int position : representative().toArray()) {
            Optional<double[]> both = Inquiry.both(position, advantages);
            if (both.isPresent()) {
                double[] b = both.get();
                compared++;
                conflicts += Aggregation.conflict(b[0], b[1]) ? 1 : 0;
                flips += Aggregation.flip(b[0], b[1]) ? 1 : 0;
                delta += (b[0] - b[1]) / 2;
            }
        }
        return new JudgingSummary.Orders(compared, conflicts, flips, compared == 0 ? 0 : delta / compared);
    }
}
