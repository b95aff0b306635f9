package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.judging.HardCurve.Point;
import dev.lion.judging.SecondOrder.WhenOpen;
import dev.lion.judging.Selection.LikelyHard;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was learnt on audited instructions: which others to judge, and what one verdict says about both. */
final class Policy {
    private final Judging judging;
    private final Optional<Ranking> ranking;
    private final BitSet selected;
    private final HardCurve teacherFirst;
    private final HardCurve studentFirst;
    private final double usual;
    private final HardCurve together;

    /** Learns from the audited what to do with all that are considered. */
    Policy(Judging judging, Docket docket, BitSet considered, GapRange range, List<Audited> audited) {
        this.judging = judging;
        this.ranking = docket.hasPast() ? Optional.of(new Ranking(docket, range, audited)) : Optional.empty();
        this.selected = judging.selection() instanceof LikelyHard likely
                ? ranking.map(r -> r.first(likely.share(), considered)).orElse(considered)
                : considered;
        this.teacherFirst = curve(audited, AnswerOrder.TEACHER_FIRST);
        this.studentFirst = curve(audited, AnswerOrder.STUDENT_FIRST);
        this.usual = (audited.stream().filter(Audited::hard).count() + 0.5) / (audited.size() + 1.0);
        this.together = HardCurve.of(audited.stream()
                .flatMap(a -> Stream.of(AnswerOrder.values())
                        .map(order -> new Point(evidence(a.position(), order, a.in(order)), 0, a.hard())))
                .toList());
    }

    private static HardCurve curve(List<Audited> audited, AnswerOrder order) {
        return HardCurve.of(audited.stream()
                .map(a -> new Point(a.in(order), a.gap().orElse(a.in(order)), a.hard()))
                .toList());
    }

    private HardCurve curve(AnswerOrder order) {
        return order == AnswerOrder.TEACHER_FIRST ? teacherFirst : studentFirst;
    }

    // verdict and past as independent pieces of evidence; how far they are not, the curve over their sum tells
    private double evidence(int position, AnswerOrder order, double advantage) {
        double verdict = logOdds(curve(order).hardShare(advantage));
        return ranking.map(r -> verdict + logOdds(r.hardShare(position)) - logOdds(usual))
                .orElse(verdict);
    }

    private static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    BitSet selected() {
        return selected;
    }

    /** What an instruction is after its first verdict; empty when that is open and the second is asked for. */
    Optional<Difficulty> decide(int position, AnswerOrder order, double advantage) {
        if (!(judging.secondOrder() instanceof WhenOpen rule)) {
            return Optional.empty();
        }
        double hard = together.hardShare(evidence(position, order, advantage));
        if (hard >= rule.hardFrom()) {
            return Optional.of(Difficulty.HARD);
        }
        return hard < rule.easyBelow() ? Optional.of(Difficulty.EASY) : Optional.empty();
    }

    /** The gap to expect after one verdict. */
    double gap(AnswerOrder order, double advantage) {
        return curve(order).gap(advantage);
    }
}
