package dev.lion.judging;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.judging.HardCurve.Point;
import dev.lion.judging.SecondOrder.WhenOpen;
import dev.lion.judging.Selection.LikelyHard;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What was learnt on audited instructions: which others to judge, and what one verdict says about both. */
final class Policy {
    private final Judging judging;
    private final BitSet selected;
    private final HardCurve teacherFirst;
    private final HardCurve studentFirst;

    /** Learns from the audited what to do with all that are considered. */
    Policy(Judging judging, Docket docket, BitSet considered, GapRange range, List<Audited> audited) {
        this.judging = judging;
        this.selected = judging.selection() instanceof LikelyHard likely && docket.hasPast()
                ? new Ranking(docket, range, audited).first(likely.share(), considered)
                : considered;
        this.teacherFirst = curve(audited, AnswerOrder.TEACHER_FIRST);
        this.studentFirst = curve(audited, AnswerOrder.STUDENT_FIRST);
    }

    private static HardCurve curve(List<Audited> audited, AnswerOrder order) {
        return HardCurve.of(audited.stream()
                .map(a -> new Point(a.in(order), a.gap().orElse(a.in(order)), a.hard()))
                .toList());
    }

    private HardCurve curve(AnswerOrder order) {
        return order == AnswerOrder.TEACHER_FIRST ? teacherFirst : studentFirst;
    }

    BitSet selected() {
        return selected;
    }

    /** What an instruction is after its first verdict; empty when that is open and the second is asked for. */
    Optional<Difficulty> decide(AnswerOrder order, double advantage) {
        if (!(judging.secondOrder() instanceof WhenOpen rule)) {
            return Optional.empty();
        }
        double hard = curve(order).hardShare(advantage);
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
