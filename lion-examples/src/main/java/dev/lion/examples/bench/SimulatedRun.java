package dev.lion.examples.bench;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.JudgingSummary;
import dev.lion.examples.bench.SimulatedPool.Truth;
import dev.lion.judging.Advantages;
import dev.lion.judging.Assessment;
import dev.lion.judging.Docket;
import dev.lion.judging.HardRule;
import dev.lion.judging.Inquiry;
import dev.lion.judging.Judging;
import dev.lion.judging.Past;
import dev.lion.judging.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Three discriminations of a growing pool under one plan, beside full judging by the same referee. */
final class SimulatedRun {
    static final int ITERATIONS = 3;

    private final Judging plan;
    private final SimulatedReferee referee;
    private final long seed;
    private final List<List<Judgement>> past = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    private SimulatedRun(Judging plan, SimulatedReferee referee, long seed) {
        this.plan = plan;
        this.referee = referee;
        this.seed = seed;
    }

    static List<Outcome> of(
            Judging plan, SimulatedReferee referee, SimulatedWorld world, int seeds, int generated, long seed) {
        SimulatedRun run = new SimulatedRun(plan, referee, seed);
        SimulatedPool pool = new SimulatedPool(world, seeds, seed);
        for (int iteration = 1; iteration <= ITERATIONS; iteration++) {
            run.judge(pool);
            pool.advance(generated);
        }
        return run.outcomes;
    }

    private void judge(SimulatedPool pool) {
        int size = pool.instructions().size();
        Assessment full = inquire(Judging.paper(), Past.none(), pool, referee);
        Assessment again = inquire(Judging.paper(), Past.none(), pool, referee.again());
        Past before = Past.before(pool.iteration(), iteration -> past.get(iteration - 1));
        Assessment assessment = inquire(plan, before, pool, referee);
        Outcome outcome = new Outcome(assessment.summary(), full.summary().orders());
        for (int i = 0; i < size; i++) {
            outcome.count(
                    isHard(full.finding(i)),
                    isHard(assessment.finding(i)),
                    isHard(again.finding(i)),
                    pool.truth(i).isHard());
            boolean once = assessment.wasAsked(i, AnswerOrder.TEACHER_FIRST)
                    != assessment.wasAsked(i, AnswerOrder.STUDENT_FIRST);
            outcome.countClosed(once, isHard(full.finding(i)) != isHard(assessment.finding(i)));
        }
        outcomes.add(outcome);
        past.add(IntStream.range(0, size)
                .mapToObj(i -> new Judgement(
                        pool.instructions().get(i).id(), Optional.empty(), Optional.empty(), assessment.finding(i)))
                .toList());
    }

    private static boolean isHard(Optional<Finding> finding) {
        return finding.filter(f -> f.difficulty() == Difficulty.HARD).isPresent();
    }

    private Assessment inquire(Judging judging, Past before, SimulatedPool pool, SimulatedReferee asked) {
        List<Instruction> instructions = List.copyOf(pool.instructions());
        Advantages advantages = (position, order) -> {
            Truth truth = pool.truth(position);
            return OptionalDouble.of(asked.advantage(
                    truth, pool.iteration(), instructions.get(position).id(), order));
        };
        Inquiry inquiry = new Inquiry(
                judging,
                HardRule.gap(1),
                new Docket(
                        instructions,
                        before,
                        instruction -> SimulatedReferee.mix(seed * 31 + pool.iteration()
                                ^ SimulatedReferee.mix(instruction.id().hashCode()))));
        Optional<Questions> round = inquiry.next(advantages);
        while (round.isPresent()) {
            round = inquiry.next(advantages);
        }
        return inquiry.assess(advantages);
    }

    /** How a plan's parts compare with those of full judging, in one iteration. */
    static final class Outcome {
        private final JudgingSummary summary;
        private final JudgingSummary.Orders orders;
        private int hard;
        private int called;
        private int found;
        private int foundAgain;
        private int trulyHard;
        private int foundTrulyHard;
        private int closed;
        private int differing;

        Outcome(JudgingSummary summary, JudgingSummary.Orders orders) {
            this.summary = summary;
            this.orders = orders;
        }

        private void count(boolean full, boolean plan, boolean again, boolean truth) {
            hard += full ? 1 : 0;
            called += plan ? 1 : 0;
            found += full && plan ? 1 : 0;
            foundAgain += full && again ? 1 : 0;
            trulyHard += full && truth ? 1 : 0;
            foundTrulyHard += full && plan && truth ? 1 : 0;
        }

        private void countClosed(boolean once, boolean differs) {
            closed += once ? 1 : 0;
            differing += once && differs ? 1 : 0;
        }

        JudgingSummary summary() {
            return summary;
        }

        /** What the order did in full judging. */
        JudgingSummary.Orders orders() {
            return orders;
        }

        int hard() {
            return hard;
        }

        int called() {
            return called;
        }

        int found() {
            return found;
        }

        int foundAgain() {
            return foundAgain;
        }

        int trulyHard() {
            return trulyHard;
        }

        int foundTrulyHard() {
            return foundTrulyHard;
        }

        int closed() {
            return closed;
        }

        int differing() {
            return differing;
        }
    }
}
