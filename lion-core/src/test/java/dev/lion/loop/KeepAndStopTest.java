package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.evaluation.Evaluation;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import dev.lion.strategy.KeepRule;
import dev.lion.strategy.StopRule;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which student a run goes on and ends with, and when it ends. */
class KeepAndStopTest {
    @TempDir
    Path temp;

    private DiaryStudent student = new DiaryStudent();
    private final List<LoopEvent> events = new ArrayList<>();

    /** Right answers of 100, by what made the student; a student that is not foreseen fails the test. */
    private Evaluation scores(Map<String, Integer> right) {
        return measured -> {
            int correct = Optional.ofNullable(right.get(student.diary())).orElseThrow();
            return new EvaluationSummary(Map.of("task", new Score(correct, 100)));
        };
    }

    private static final Map<String, Integer> WORSE_IN_BETWEEN =
            Map.of("base+0", 50, "base+0+1", 45, "base+0+2", 60, "base+0+2+3", 59, "base+0+1+2", 44);

    private AdversarialLoop.Builder loop(UnaryOperator<LoopConfig.Builder> strategies) {
        student = new DiaryStudent();
        return LoopFixture.loop(ScriptedRoles.prompt(), student)
                .config(strategies.apply(LoopFixture.config()).build())
                .listener(events::add);
    }

    private LoopResult keeping(KeepRule rule, int iterations, String directory) {
        return LoopFixture.run(
                loop(config -> config.iterations(iterations).keepRule(rule))
                        .evaluation(scores(WORSE_IN_BETWEEN))
                        .build(),
                temp.resolve(directory));
    }

    private LoopResult stopping(StopRule rule) {
        return LoopFixture.run(
                loop(config -> config.iterations(4).stopRule(rule)).build(), temp.resolve("run"));
    }

    @Test
    void best_studentGotWorse_nextIterationGoesOnFromTheBest() {
        LoopResult result = keeping(KeepRule.best(), 3, "run");
        assertThat(result.iterations())
                .extracting(IterationSummary::keptIteration)
                .containsExactly(0, 0, 2, 2);
        assertThat(DiaryStudent.read(temp.resolve("run/student/iteration-2"))).isEqualTo("base+0+2");
        assertThat(student.restored()).containsExactly("iteration-0", "iteration-2");
    }

    @Test
    void best_lastStudentGotWorse_resultDirectoryAndMemoryAgreeOnTheBest() {
        LoopResult result = keeping(KeepRule.best(), 3, "run");
        assertThat(result.student()).contains(temp.resolve("run/student/iteration-2"));
        assertThat(RunDirectory.read(temp.resolve("run")).student()).isEqualTo(result.student());
        assertThat(student.diary()).isEqualTo("base+0+2");
    }

    @Test
    void best_withinTheTolerance_goesOnWithTheNewStudent() {
        LoopResult result = keeping(KeepRule.best(0.05), 2, "run");
        assertThat(result.iterations())
                .extracting(IterationSummary::keptIteration)
                .containsExactly(0, 1, 0);
        assertThat(DiaryStudent.read(temp.resolve("run/student/iteration-2"))).isEqualTo("base+0+1+2");
    }

    @Test
    void best_rollback_isTold() {
        keeping(KeepRule.best(), 1, "run");
        assertThat(events)
                .filteredOn(LoopEvent.Notice.class::isInstance)
                .extracting(event -> ((LoopEvent.Notice) event).message())
                .contains("the student of iteration 1 is set aside, that of iteration 0 is kept (best, tolerance 0.0)");
    }

    @Test
    void best_continuedByMoreIterations_goesOnFromTheKeptStudent() {
        keeping(KeepRule.best(), 1, "continued");
        keeping(KeepRule.best(), 3, "continued");
        assertThat(student.restored()).startsWith("iteration-0");
        keeping(KeepRule.best(), 3, "whole");
        assertThat(Trees.of(temp.resolve("continued"))).isEqualTo(Trees.of(temp.resolve("whole")));
    }

    @Test
    void best_evaluationFailed_measuresTheNewStudentWhenItContinues() {
        AdversarialLoop broken = loop(config -> config.keepRule(KeepRule.best()))
                .evaluation(measured -> {
                    if (student.diary().equals("base+0+1")) {
                        throw new IllegalStateException("items are gone");
                    }
                    return scores(WORSE_IN_BETWEEN).evaluate(measured);
                })
                .build();
        assertThatThrownBy(() -> LoopFixture.run(broken, temp.resolve("run"))).isInstanceOf(RoleFailedException.class);
        assertThat(RunDirectory.read(temp.resolve("run")).student()).contains(temp.resolve("run/student/iteration-0"));
        keeping(KeepRule.best(), 2, "run");
        assertThat(student.restored()).containsExactly("iteration-0", "iteration-1", "iteration-0");
        assertThat(DiaryStudent.read(temp.resolve("run/student/iteration-2"))).isEqualTo("base+0+2");
    }

    @Test
    void best_withoutAnEvaluation_isRefusedWithTheOtherFaults() {
        assertThatThrownBy(() -> AdversarialLoop.builder()
                        .config(LoopConfig.builder()
                                .keepRule(KeepRule.best(0.02))
                                .build())
                        .build())
                .isInstanceOf(LoopConfigException.class)
                .hasMessageContainingAll("there is no teacher", "there is no evaluation", "best, tolerance 0.02");
    }

    @Test
    void keepRule_ofAnIterationThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> LoopFixture.run(
                        loop(config -> config.keepRule(summaries -> 1)).build(), temp.resolve("run")))
                .isInstanceOf(StrategyFailedException.class)
                .hasMessageContaining("the keepRule (custom) failed in iteration 0")
                .hasMessageContaining("from 0 to 0, but is of 1");
    }

    @Test
    void stopRule_enough_endsBeforeTheNextIteration() {
        LoopResult result =
                stopping(summaries -> Optional.of("two are enough").filter(reason -> summaries.size() == 2));
        assertThat(result.status()).isEqualTo(LoopResult.Status.ENDED_BY_RULE);
        assertThat(result.reason()).isEqualTo("two are enough");
        assertThat(result.iterations()).hasSize(2);
        assertThat(temp.resolve("run/iteration-2")).doesNotExist();
        assertThat(RunDirectory.read(temp.resolve("run")).earlyEnd()).contains("two are enough");
    }

    @Test
    void plateau_hardShareDoesNotFall_endsTheRun() {
        LoopResult result = stopping(StopRule.plateau(1, 1));
        assertThat(result.status()).isEqualTo(LoopResult.Status.ENDED_BY_RULE);
        assertThat(result.reason()).startsWith("the hard share is on a plateau");
        assertThat(result.iterations()).hasSize(3);
    }

    @Test
    void plateau_runAgain_onlyRestoresTheStudent() {
        LoopResult first = stopping(StopRule.plateau(1, 1));
        Map<String, String> files = Trees.of(temp.resolve("run"));
        AtomicInteger started = new AtomicInteger();
        LoopResult again = LoopFixture.run(
                loop(config -> config.iterations(4).stopRule(StopRule.plateau(1, 1)))
                        .listener(event -> started.addAndGet(event instanceof LoopEvent.StageStarted ? 1 : 0))
                        .build(),
                temp.resolve("run"));
        assertThat(again).isEqualTo(first);
        assertThat(started).hasValue(0);
        assertThat(Trees.of(temp.resolve("run"))).isEqualTo(files);
    }

    @Test
    void plateau_continuedUnderAnotherRule_endsAsIfItHadNeverStopped() {
        stopping(StopRule.plateau(1, 1));
        LoopResult result = stopping(StopRule.never());
        assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
        LoopFixture.run(loop(config -> config.iterations(4)).build(), temp.resolve("whole"));
        assertThat(Trees.of(temp.resolve("run"))).isEqualTo(Trees.of(temp.resolve("whole")));
    }

    @Test
    void stopRule_afterTheLastIteration_isNotAsked() {
        LoopResult result = LoopFixture.run(
                loop(config -> config.stopRule(
                                summaries -> Optional.of("enough").filter(reason -> summaries.size() == 3)))
                        .build(),
                temp.resolve("run"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(RunDirectory.read(temp.resolve("run")).earlyEnd()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // a rule without null checks may return null
    void stopRule_throwsOrReturnsNull_isNamed() {
        assertThatThrownBy(() -> stopping(summaries -> null))
                .isInstanceOf(StrategyFailedException.class)
                .hasMessageContaining("the stopRule")
                .hasMessageContaining("it returned null");
    }
}
