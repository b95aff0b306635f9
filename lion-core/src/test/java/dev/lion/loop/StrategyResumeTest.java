package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.role.Student;
import dev.lion.strategy.KeepRule;
import dev.lion.strategy.ParentRule;
import dev.lion.strategy.PreferenceRule;
import dev.lion.strategy.StopRule;
import dev.lion.strategy.StudentStart;
import dev.lion.strategy.TrainPoolRule;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under every strategy, too, a run that ended early ends with the same files in its next sitting. */
class StrategyResumeTest {
    @TempDir
    Path temp;

    /** A way to run, by its name. */
    private record Way(String name, UnaryOperator<LoopConfig.Builder> strategies) {
        @Override
        public String toString() {
            return name;
        }

        AdversarialLoop.Builder loop(ScriptedRoles roles) {
            return LoopFixture.loop(roles)
                    .config(strategies.apply(LoopFixture.config().iterations(3)).build())
                    .evaluation(StrategyResumeTest::evaluate);
        }
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way(
                        "accumulate from base",
                        config ->
                                config.trainPoolRule(TrainPoolRule.accumulate()).studentStart(StudentStart.base())),
                new Way(
                        "replay, balanced by lineage",
                        config -> config.trainPoolRule(TrainPoolRule.replay(0.5))
                                .parentRule(ParentRule.balancedByLineage())),
                new Way("preferences of hard ones", config -> config.preferences(PreferenceRule.hard())),
                new Way(
                        "preferences by a gap, accumulate from base",
                        config -> config.preferences(PreferenceRule.gap(3))
                                .trainPoolRule(TrainPoolRule.accumulate())
                                .studentStart(StudentStart.base())),
                new Way("keep best", config -> config.keepRule(KeepRule.best())),
                new Way("plateau", config -> config.stopRule(StopRule.plateau(1, 1))),
                new Way(
                        "all but uniform, hard only",
                        config -> config.hardShare(1)
                                .trainPoolRule(TrainPoolRule.replay(2))
                                .studentStart(StudentStart.base())
                                .parentRule(ParentRule.balancedBy("first word", LoopFixture::firstWord))
                                .keepRule(KeepRule.best(0.1))));
    }

    // follows from the student's mind alone, and falls as often as it rises
    private static EvaluationSummary evaluate(Student student) throws Exception {
        String answer = student.answer(LoopFixture.SEEDS.instructions().subList(0, 1))
                .get(0)
                .text();
        return new EvaluationSummary(Map.of("task", new Score(Math.floorMod(answer.hashCode(), 101), 100)));
    }

    private Map<String, String> whole(Way way) {
        return whole(way, ScriptedRoles.prompt());
    }

    private Map<String, String> whole(Way way, ScriptedRoles roles) {
        LoopFixture.run(way.loop(roles).build(), temp.resolve("whole"));
        return Trees.of(temp.resolve("whole"));
    }

    // surplus requests of a generator that proposes several at once may differ between sittings
    private static List<String> paidFor(ScriptedRoles... sittings) {
        return Stream.of(sittings)
                .flatMap(roles -> roles.served().stream())
                .filter(each -> !each.startsWith("generator"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void run_rolesBrokeDown_resumesToTheSameFilesAndPaysForTheSame(Way way) {
        ScriptedRoles uninterrupted = ScriptedRoles.prompt();
        Map<String, String> whole = whole(way, uninterrupted);
        for (int call = 5; call < 120; call += 29) {
            Path directory = temp.resolve("cut-" + call);
            ScriptedRoles breaking = ScriptedRoles.breakingDownAt(call);
            assertThatThrownBy(() -> LoopFixture.run(way.loop(breaking).build(), directory))
                    .isInstanceOf(ScriptedRoles.InjectedFault.class);
            ScriptedRoles healthy = ScriptedRoles.prompt();
            LoopFixture.run(way.loop(healthy).build(), directory);
            assertThat(Trees.of(directory)).as("broken down at call %s", call).isEqualTo(whole);
            assertThat(paidFor(breaking, healthy)).isEqualTo(paidFor(uninterrupted));
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("ways")
    void run_killedAtAnyMoment_resumesToTheSameFiles(Way way) {
        Map<String, String> whole = whole(way);
        AtomicInteger events = new AtomicInteger();
        List<Path> snapshots = new ArrayList<>();
        LoopFixture.run(
                way.loop(ScriptedRoles.prompt())
                        .listener(event -> {
                            boolean ended = event instanceof LoopEvent.StageFinished
                                    || event instanceof LoopEvent.IterationFinished;
                            boolean underWay =
                                    event instanceof LoopEvent.Progress || event instanceof LoopEvent.TrainingStep;
                            if (ended || (underWay && events.incrementAndGet() % 50 == 0)) {
                                Path snapshot = temp.resolve("killed-" + snapshots.size());
                                Trees.copy(temp.resolve("watched"), snapshot);
                                snapshots.add(snapshot);
                            }
                        })
                        .build(),
                temp.resolve("watched"));
        assertThat(snapshots).hasSizeGreaterThan(8);
        for (Path snapshot : snapshots) {
            LoopFixture.run(way.loop(ScriptedRoles.prompt()).build(), snapshot);
            assertThat(Trees.of(snapshot)).as("%s", snapshot).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void run_completed_onlyRestoresTheStudentWhenRunAgain(Way way) {
        Map<String, String> whole = whole(way);
        ScriptedRoles idle = ScriptedRoles.prompt();
        LoopFixture.run(way.loop(idle).build(), temp.resolve("whole"));
        assertThat(idle.served()).isEmpty();
        assertThat(Trees.of(temp.resolve("whole"))).isEqualTo(whole);
    }
}
