package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.ItemOutcome;
import dev.lion.data.Regression;
import dev.lion.evaluation.Evaluation;
import dev.lion.evaluation.Measurement;
import dev.lion.role.Student;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import dev.lion.strategy.KeepRule;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fall behind the best student so far, told from chance item by item. */
class RegressionGateTest {
    private static final int ITEMS = 40;

    @TempDir
    private Path temp;

    private DiaryStudent student = new DiaryStudent();
    private final List<LoopEvent> events = new ArrayList<>();

    /** So many of 40 items right, the first ones, by what made the student. */
    private final class FirstRight implements Evaluation {
        private final Map<String, Integer> right;
        private int measured;

        FirstRight(Map<String, Integer> right) {
            this.right = right;
        }

        @Override
        public EvaluationSummary evaluate(Student asked) {
            return measure(asked).summary();
        }

        @Override
        public Measurement measure(Student asked) {
            measured++;
            int correct = Optional.ofNullable(right.get(student.diary())).orElseThrow();
            return Measurement.of(IntStream.range(0, ITEMS)
                    .mapToObj(i -> new ItemOutcome("task", "item-" + i, student.diary(), i < correct))
                    .toList());
        }
    }

    private LoopResult run(KeepRule rule, Evaluation evaluation, int iterations, String directory) {
        return runOf(rule, Optional.of(evaluation), iterations, directory);
    }

    private LoopResult runOf(KeepRule rule, Optional<Evaluation> evaluation, int iterations, String directory) {
        student = new DiaryStudent();
        AdversarialLoop.Builder loop = LoopFixture.loop(ScriptedRoles.prompt(), student)
                .config(LoopFixture.config()
                        .iterations(iterations)
                        .keepRule(rule)
                        .build())
                .listener(events::add);
        evaluation.ifPresent(loop::evaluation);
        return LoopFixture.run(loop.build(), temp.resolve(directory));
    }

    private static Optional<Regression> regression(IterationSummary summary) {
        return summary.evaluation().flatMap(EvaluationSummary::regression);
    }

    @Test
    void run_smallFallThenClearOne_flagsTheClearOneAgainstTheBest() {
        LoopResult result = run(
                KeepRule.latest(), new FirstRight(Map.of("base+0", 30, "base+0+1", 29, "base+0+1+2", 12)), 2, "run");
        assertThat(regression(result.iterations().get(1))).isEmpty();
        Regression fall = regression(result.iterations().get(2)).orElseThrow();
        assertThat(fall.since()).isZero();
        assertThat(fall.fall()).isEqualTo(18.0 / ITEMS);
        assertThat(events).contains(new LoopEvent.Regressed(2, fall));
        assertThat(events.stream()
                        .filter(LoopEvent.StageFinished.class::isInstance)
                        .map(Object::toString))
                .anyMatch(line -> line.contains("12 of 40 items right; WORSE than iteration 0 by 45.0 points ("));
        assertThat(RunDirectory.read(temp.resolve("run")).summaries()).isEqualTo(result.iterations());
    }

    @Test
    void run_sameFall_countsForLessBehindTheBestOfTwoThanBehindOne() {
        LoopResult behindOne = run(KeepRule.latest(), new FirstRight(Map.of("base+0", 30, "base+0+1", 25)), 1, "one");
        LoopResult behindTwo = run(
                KeepRule.latest(), new FirstRight(Map.of("base+0", 30, "base+0+1", 30, "base+0+1+2", 25)), 2, "two");
        assertThat(regression(behindOne.iterations().get(1))).isPresent();
        assertThat(regression(behindTwo.iterations().get(2))).isEmpty();
    }

    @Test
    void run_earlierOutcomesWithoutAnEvaluationInTheSummary_areLeftOut() {
        FirstRight evaluation = new FirstRight(Map.of("base+0", 30, "base+0+1", 10));
        KeepRule failing = summaries -> {
            throw new IllegalStateException("killed here");
        };
        KeepRule latest = summaries -> summaries.size() - 1;
        assertThatThrownBy(() -> run(failing, evaluation, 0, "run")).hasMessageContaining("killed here");
        assertThat(runOf(latest, Optional.empty(), 0, "run").iterations().get(0).evaluation())
                .isEmpty();
        LoopResult result = run(latest, evaluation, 1, "run");
        assertThat(result.iterations().get(1).evaluation()).isPresent();
        assertThat(regression(result.iterations().get(1))).isEmpty();
    }

    @Test
    void unlessFallen_clearFall_goesBackAndSmallOneDoesNot() {
        LoopResult result = run(
                KeepRule.unlessFallen(),
                new FirstRight(Map.of("base+0", 30, "base+0+1", 29, "base+0+1+2", 12, "base+0+3", 31)),
                3,
                "run");
        assertThat(result.iterations())
                .extracting(IterationSummary::keptIteration)
                .containsExactly(0, 1, 0, 3);
    }

    @Test
    void run_outcomes_areKeptByIterationAndTheSameAfterAResume() throws IOException {
        Map<String, Integer> right = Map.of("base+0", 30, "base+0+1", 10, "base+0+2", 31);
        run(KeepRule.unlessFallen(), new FirstRight(right), 2, "whole");
        run(KeepRule.unlessFallen(), new FirstRight(right), 1, "continued");
        run(KeepRule.unlessFallen(), new FirstRight(right), 2, "continued");
        assertThat(Trees.of(temp.resolve("continued"))).isEqualTo(Trees.of(temp.resolve("whole")));
        try (RunDirectory read = RunDirectory.read(temp.resolve("whole"))) {
            assertThat(read.outcomes(1)).hasSize(ITEMS).contains(new ItemOutcome("task", "item-9", "base+0+1", true));
        }
        assertThat(Files.readAllLines(temp.resolve("whole/iteration-1/evaluation.jsonl"))
                        .get(0))
                .startsWith("{\"id\":\"item-0\",\"task\":\"task\",\"answer\":\"base+0+1\",\"right\":true");
    }

    @Test
    void run_endedBehindTheOutcomes_doesNotMeasureAgain() {
        FirstRight evaluation = new FirstRight(Map.of("base+0", 30, "base+0+1", 10));
        KeepRule failing = summaries -> {
            throw new IllegalStateException("killed here");
        };
        assertThatThrownBy(() -> run(failing, evaluation, 0, "run")).hasMessageContaining("killed here");
        assertThat(evaluation.measured).isOne();
        run(summaries -> 0, evaluation, 0, "run");
        assertThat(evaluation.measured).isOne();
        run(KeepRule.latest(), evaluation, 0, "whole");
        assertThat(temp.resolve("run/iteration-0/evaluation.jsonl"))
                .hasSameBinaryContentAs(temp.resolve("whole/iteration-0/evaluation.jsonl"));
    }

    @Test
    void run_otherItemsEachTime_comparesNothing() {
        Evaluation changing = new Evaluation() {
            @Override
            public EvaluationSummary evaluate(Student asked) {
                return measure(asked).summary();
            }

            @Override
            public Measurement measure(Student asked) {
                return Measurement.of(List.of(new ItemOutcome("task", student.diary(), "", false)));
            }
        };
        LoopResult result = run(KeepRule.latest(), changing, 1, "run");
        assertThat(regression(result.iterations().get(1))).isEmpty();
    }
}
