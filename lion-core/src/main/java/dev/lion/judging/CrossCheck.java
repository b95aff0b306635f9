package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.JudgingSummary.Estimates;
import dev.lion.data.Share;
import java.util.List;
import java.util.Optional;

/**
 * What saving costs, measured on the audit: what is learnt on nine tenths of it is applied to the last tenth, where the
 * outcome of full judging is known, for each tenth in turn. The rules in use were learnt on all of it, so they are hardly
 * different, and none is measured on what it was learnt from.
 */
final class CrossCheck {
    private static final int PARTS = 10;

    private final Inquiry inquiry;
    private final List<Audited> audited;
    private int hard;
    private int found;
    private int called;
    private int closed;
    private int differing;

    private CrossCheck(Inquiry inquiry, List<Audited> audited) {
        this.inquiry = inquiry;
        this.audited = audited;
    }

    static CrossCheck of(Inquiry inquiry, Advantages advantages) {
        CrossCheck check = new CrossCheck(inquiry, inquiry.audited(advantages));
        if (inquiry.policy().isPresent()) {
            GapRange range = inquiry.range(advantages);
            for (int part = 0; part < PARTS; part++) {
                check.applyTo(part, range);
            }
        } else {
            check.takeAsTheyAre();
        }
        return check;
    }

    private void takeAsTheyAre() {
        hard = (int) audited.stream().filter(Audited::hard).count();
        found = hard;
        called = hard;
    }

    private void applyTo(int part, GapRange range) {
        Docket docket = inquiry.docket();
        List<Audited> others = audited.stream()
                .filter(a -> docket.part(a.position(), PARTS) != part)
                .toList();
        Policy policy = new Policy(inquiry.judging(), docket, inquiry.considered(), range, others);
        audited.stream().filter(a -> docket.part(a.position(), PARTS) == part).forEach(a -> count(a, policy));
    }

    private void count(Audited item, Policy policy) {
        AnswerOrder order = inquiry.docket().firstOrder(item.position());
        boolean judged = policy.selected().get(item.position());
        Optional<Difficulty> decision =
                judged ? policy.decide(item.position(), order, item.in(order)) : Optional.of(Difficulty.EASY);
        boolean calledHard = decision.map(d -> d == Difficulty.HARD).orElse(item.hard());
        hard += item.hard() ? 1 : 0;
        called += calledHard ? 1 : 0;
        found += calledHard && item.hard() ? 1 : 0;
        if (judged && decision.isPresent()) {
            closed++;
            differing += calledHard != item.hard() || item.gap().isEmpty() ? 1 : 0;
        }
    }

    Estimates estimates() {
        return new Estimates(
                audited.isEmpty() ? 0 : (double) hard / audited.size(),
                times(sampled(), found()),
                confirmed(),
                closed == 0 ? Share.exactly(0) : Proportion.of(differing, closed));
    }

    // the audited are judged in full themselves
    private Share found() {
        double audit = auditShare();
        Share rest = Proportion.of(found, hard);
        return new Share(
                audit + (1 - audit) * rest.estimate(),
                audit + (1 - audit) * rest.low(),
                Math.min(1, audit + (1 - audit) * rest.high()));
    }

    private Share confirmed() {
        double audit = auditShare();
        double known = audit * hard;
        double all = known + (1 - audit) * called;
        Share rest = Proportion.of(found, called);
        double unknown = (1 - audit) * called;
        return all == 0
                ? rest
                : new Share(
                        (known + unknown * rest.estimate()) / all,
                        (known + unknown * rest.low()) / all,
                        Math.min(1, (known + unknown * rest.high()) / all));
    }

    private double auditShare() {
        return (double) inquiry.audit().cardinality()
                / Math.max(1, inquiry.considered().cardinality());
    }

    /** The share of the hard ones that a sample holds: that of the sample, give or take what it leaves out. */
    private Share sampled() {
        int sample = inquiry.considered().cardinality();
        int rest = inquiry.docket().size() - sample;
        if (rest == 0) {
            return Share.exactly(1);
        }
        Share hardShare = Proportion.of(hard, audited.size());
        double share = (double) sample / (sample + rest);
        double inSample = sample * hardShare.estimate();
        double low = inSample / Math.max(1e-9, inSample + rest * hardShare.high());
        double high = inSample / Math.max(1e-9, inSample + rest * hardShare.low());
        return new Share(share, Math.min(low, share), Math.max(high, share));
    }

    private static Share times(Share a, Share b) {
        return new Share(a.estimate() * b.estimate(), a.low() * b.low(), a.high() * b.high());
    }
}
