package dev.lion.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.JudgingSummary;
import dev.lion.data.JudgingSummary.Estimates;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InquiryTest {
    private static final Judging OPEN = Judging.paper().with(SecondOrder.whenOpen(0.05));

    private final SyntheticPool pool = new SyntheticPool(1500, 3);

    private Assessment judged(Judging judging) {
        return pool.ask(judging, Past.none(), pool::advantage).assess(pool::advantage);
    }

    private boolean isHard(Assessment assessment, int position) {
        return assessment
                .finding(position)
                .filter(f -> f.difficulty() == Difficulty.HARD)
                .isPresent();
    }

    @Test
    void paper_anyPool_asksEverythingInOneRound() {
        Inquiry inquiry = new Inquiry(Judging.paper(), HardRule.gap(1), pool.docket(Past.none()));
        assertThat(inquiry.next(pool::advantage).orElseThrow().size()).isEqualTo(3000);
        assertThat(inquiry.next(pool::advantage)).isEmpty();
        Assessment assessment = inquiry.assess(pool::advantage);
        assertThat(assessment.summary().estimates()).isEmpty();
        assertThat(assessment.summary().orders().compared()).isEqualTo(1500);
        assertThat(assessment.summary().orders().positionDelta()).isCloseTo(0.8, within(0.1));
        assertThat(IntStream.range(0, 1500)).allMatch(i -> isHard(assessment, i) == pool.isHard(i));
    }

    @Test
    void frugal_smallPool_isJudgedWhole() {
        SyntheticPool small = new SyntheticPool(12, 1);
        Inquiry inquiry = small.ask(Judging.frugal(), small.past(), small::advantage);
        assertThat(inquiry.asked().size()).isEqualTo(24);
        assertThat(inquiry.assess(small::advantage).summary().estimates()).isEmpty();
    }

    @Test
    void whenOpen_clearFirstVerdicts_areNotAskedAgain() {
        Assessment assessment = judged(OPEN);
        JudgingSummary summary = assessment.summary();
        assertThat(summary.notJudged()).isZero();
        assertThat(summary.calls()).isBetween(1700L, 2700L);
        long differing = IntStream.range(0, 1500)
                .filter(i -> isHard(assessment, i) != pool.isHard(i))
                .count();
        assertThat(differing / 1500.0)
                .isLessThan(0.03)
                .isLessThan(summary.estimates().orElseThrow().differing().high());
    }

    @Test
    void whenOpen_oneVerdict_isCorrectedForThePosition() {
        Assessment assessment = judged(OPEN);
        double[] errors = IntStream.range(0, 1500)
                .filter(i -> assessment.wasAsked(i, AnswerOrder.TEACHER_FIRST)
                        && !assessment.wasAsked(i, AnswerOrder.STUDENT_FIRST))
                .mapToDouble(i -> assessment.finding(i).orElseThrow().gap() - trueGap(i))
                .toArray();
        assertThat(errors).hasSizeGreaterThan(100);
        assertThat(IntStream.range(0, errors.length)
                        .mapToDouble(i -> errors[i])
                        .average()
                        .orElseThrow())
                .isCloseTo(0, within(0.15));
    }

    private double trueGap(int position) {
        return (pool.advantage(position, AnswerOrder.TEACHER_FIRST).orElseThrow()
                        + pool.advantage(position, AnswerOrder.STUDENT_FIRST).orElseThrow())
                / 2;
    }

    @Test
    void stratified_aThird_judgesThatInBothOrders() {
        JudgingSummary summary =
                judged(Judging.paper().with(Selection.stratified(1 / 3.0))).summary();
        assertThat(summary.notJudged()).isEqualTo(1000);
        assertThat(summary.calls()).isEqualTo(1000);
        assertThat(summary.estimates().orElseThrow().found().estimate()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(summary.estimates().orElseThrow().confirmed().estimate()).isEqualTo(1);
    }

    @Test
    void likelyHard_withoutAPast_judgesAll() {
        assertThat(judged(Judging.paper().with(Selection.likelyHard(0.9)))
                        .summary()
                        .calls())
                .isEqualTo(3000);
    }

    @Test
    void likelyHard_withAPast_leavesOutTheUnlikely() {
        Past past = pool.past();
        pool.advance();
        Assessment assessment = pool.ask(Judging.paper().with(Selection.likelyHard(0.9)), past, pool::advantage)
                .assess(pool::advantage);
        assertThat(assessment.summary().notJudged()).isBetween(300, 1100);
        int hard = (int) IntStream.range(0, 1500).filter(pool::isHard).count();
        int found = (int)
                IntStream.range(0, 1500).filter(i -> isHard(assessment, i)).count();
        assertThat((double) found / hard).isBetween(0.85, 0.97);
        BitSet left = new BitSet();
        IntStream.range(0, 1500).filter(i -> assessment.finding(i).isEmpty()).forEach(left::set);
        assertThat(left.cardinality()).isEqualTo(assessment.summary().notJudged());
    }

    @Test
    void estimates_manyPools_holdTheTruthAboutAsOftenAsTheySay() {
        int held = 0;
        int bounded = 0;
        for (int draw = 0; draw < 60; draw++) {
            SyntheticPool each = new SyntheticPool(1500, 100 + draw);
            Past past = each.past();
            each.advance();
            Assessment assessment =
                    each.ask(Judging.frugal(), past, each::advantage).assess(each::advantage);
            Estimates estimates = assessment.summary().estimates().orElseThrow();
            int hard = 0;
            int found = 0;
            int closed = 0;
            int differing = 0;
            for (int i = 0; i < each.size(); i++) {
                boolean called = isHard(assessment, i);
                boolean once = assessment.wasAsked(i, AnswerOrder.TEACHER_FIRST)
                        != assessment.wasAsked(i, AnswerOrder.STUDENT_FIRST);
                hard += each.isHard(i) ? 1 : 0;
                found += each.isHard(i) && called ? 1 : 0;
                closed += once ? 1 : 0;
                differing += once && called != each.isHard(i) ? 1 : 0;
            }
            double recall = (double) found / hard;
            held += recall >= estimates.found().low()
                            && recall <= estimates.found().high()
                    ? 1
                    : 0;
            bounded += (double) differing / closed <= estimates.differing().high() ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(54);
        assertThat(bounded).isGreaterThanOrEqualTo(54);
    }

    @Test
    void next_missingVerdicts_areNeitherLearntFromNorAskedAgain() {
        Advantages silent =
                (position, order) -> position % 3 == 0 ? OptionalDouble.empty() : pool.advantage(position, order);
        Inquiry inquiry = pool.ask(OPEN, Past.none(), silent);
        Assessment assessment = inquiry.assess(silent);
        assertThat(assessment.finding(0)).isEmpty();
        assertThat(assessment.summary().orders().compared()).isLessThan(200);
        BitSet audit = inquiry.audit();
        assertThat(IntStream.range(0, 1500).filter(i -> i % 3 == 0 && !audit.get(i)))
                .noneMatch(i -> inquiry.asked().containsBoth(i));
    }

    @Test
    void next_noVerdictAtAll_findsNothing() {
        Advantages mute = (position, order) -> OptionalDouble.empty();
        Assessment assessment = pool.ask(OPEN, Past.none(), mute).assess(mute);
        assertThat(IntStream.range(0, 1500)).allMatch(i -> assessment.finding(i).isEmpty());
        assertThat(assessment.summary().orders().compared()).isZero();
    }

    @Test
    void discardIfFlipped_flippedPairs_areCountedApart() {
        Assessment assessment = judged(Judging.paper().with(Aggregation.DISCARD_IF_FLIPPED));
        JudgingSummary summary = assessment.summary();
        assertThat(summary.discarded()).isEqualTo(summary.orders().flips()).isPositive();
        assertThat(IntStream.range(0, 1500)
                        .filter(i -> assessment.finding(i).isEmpty())
                        .count())
                .isEqualTo(summary.discarded());
    }

    @Test
    void topShare_savingOrNot_partsAboutTheSameShare() {
        for (Judging judging : new Judging[] {Judging.paper(), OPEN}) {
            Assessment assessment = pool.ask(judging, HardRule.topShare(0.25), Past.none(), pool::advantage)
                    .assess(pool::advantage);
            long hard =
                    IntStream.range(0, 1500).filter(i -> isHard(assessment, i)).count();
            assertThat(hard / 1500.0).isBetween(0.2, 0.4);
        }
    }

    @Test
    void band_whenOpen_findsTheEvenOnes() {
        Assessment assessment = pool.ask(OPEN, HardRule.band(-0.5, 1), Past.none(), pool::advantage)
                .assess(pool::advantage);
        Optional<Finding> hard = IntStream.range(0, 1500)
                .filter(i -> isHard(assessment, i) && assessment.wasAsked(i, AnswerOrder.TEACHER_FIRST))
                .mapToObj(i -> assessment.finding(i).orElseThrow())
                .findFirst();
        assertThat(hard.orElseThrow().gap()).isBetween(-1.0, 1.5);
        long agreeing = IntStream.range(0, 1500)
                .filter(i -> isHard(assessment, i) == (trueGap(i) >= -0.5 && trueGap(i) < 1))
                .count();
        assertThat(agreeing).isGreaterThan(1400);
    }

    @Test
    void next_sameAnswers_asksTheSame() {
        Past past = pool.past();
        pool.advance();
        Questions once = pool.ask(Judging.frugal(), past, pool::advantage).asked();
        Questions again = pool.ask(Judging.frugal(), past, pool::advantage).asked();
        assertThat(again.size()).isEqualTo(once.size()).isLessThan(1700);
        assertThat(again.positions().toArray()).isEqualTo(once.positions().toArray());
    }
}
