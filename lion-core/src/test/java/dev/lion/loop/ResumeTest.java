package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a run ends early, the next sitting ends with the same files, and pays for nothing again. */
class ResumeTest {
    @TempDir
    static Path finished;

    @TempDir
    Path temp;

    private static Map<String, String> whole = Map.of();

    @BeforeAll
    static void runWhole() {
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), finished);
        whole = Trees.of(finished);
    }

    @Test
    void run_completed_leavesTheDocumentedFilesOnly() {
        assertThat(whole.keySet())
                .containsExactlyInAnyOrder(
                        "run.json",
                        "seeds.jsonl",
                        "iteration-0/answers.jsonl",
                        "iteration-0/summary.json",
                        "iteration-1/answers.jsonl",
                        "iteration-1/generated.jsonl",
                        "iteration-1/rejected.jsonl",
                        "iteration-1/student-answers.jsonl",
                        "iteration-1/summary.json",
                        "iteration-1/verdicts.jsonl",
                        "iteration-2/answers.jsonl",
                        "iteration-2/generated.jsonl",
                        "iteration-2/rejected.jsonl",
                        "iteration-2/student-answers.jsonl",
                        "iteration-2/summary.json",
                        "iteration-2/verdicts.jsonl",
                        "student/iteration-0/mind",
                        "student/iteration-1/mind",
                        "student/iteration-2/mind");
    }

    static IntStream someCalls() {
        return IntStream.iterate(1, call -> call <= 118, call -> call + 13);
    }

    @ParameterizedTest(name = "broken down at call {0}")
    @MethodSource("someCalls")
    void run_rolesBrokeDown_resumesToTheSameFiles(int call) {
        Path directory = temp.resolve("cut");
        ScriptedRoles breaking = ScriptedRoles.breakingDownAt(call);
        assertThatThrownBy(() -> LoopFixture.run(LoopFixture.loop(breaking).build(), directory))
                .isInstanceOf(ScriptedRoles.InjectedFault.class);

        ScriptedRoles healthy = ScriptedRoles.prompt();
        LoopFixture.run(LoopFixture.loop(healthy).build(), directory);

        assertThat(Trees.of(directory)).isEqualTo(whole);
        assertServedOnce(breaking, healthy);
    }

    @Test
    void run_killedAtAnyMoment_resumesToTheSameFiles() {
        AtomicInteger events = new AtomicInteger();
        List<Path> snapshots = new ArrayList<>();
        AdversarialLoop watched = LoopFixture.loop(ScriptedRoles.slow(1))
                .listener(event -> {
                    if (isAroundACommit(event) || events.incrementAndGet() % 12 == 0) {
                        Path snapshot = temp.resolve("killed-" + snapshots.size());
                        Trees.copy(temp.resolve("watched"), snapshot);
                        snapshots.add(snapshot);
                    }
                })
                .build();
        assertThat(LoopFixture.run(watched, temp.resolve("watched")).listenerFailures())
                .isZero();
        assertThat(snapshots).hasSizeGreaterThan(20);
        for (Path snapshot : snapshots) {
            LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), snapshot);
            assertThat(Trees.of(snapshot)).as("%s", snapshot).isEqualTo(whole);
        }
    }

    private static boolean isAroundACommit(LoopEvent event) {
        return event instanceof LoopEvent.StageStarted
                || event instanceof LoopEvent.StageFinished
                || event instanceof LoopEvent.IterationFinished
                || event instanceof LoopEvent.RunFinished;
    }

    static Stream<Class<? extends LoopEvent>> momentsToStopAt() {
        return Stream.of(
                LoopEvent.RunStarted.class,
                LoopEvent.Progress.class,
                LoopEvent.TrainingStep.class,
                LoopEvent.StageFinished.class,
                LoopEvent.IterationFinished.class);
    }

    @ParameterizedTest
    @MethodSource("momentsToStopAt")
    void run_stoppedAgainAndAgain_endsWithTheSameFiles(Class<? extends LoopEvent> moment) {
        Path directory = temp.resolve("stopped");
        List<ScriptedRoles> sittings = new ArrayList<>();
        LoopResult result;
        do {
            ScriptedRoles roles = ScriptedRoles.slow(2);
            sittings.add(roles);
            result = runUntil(moment, 25, roles, directory);
        } while (result.status() == LoopResult.Status.STOPPED && sittings.size() < 60);

        assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(Trees.of(directory)).isEqualTo(whole);
        assertServedOnce(sittings.toArray(ScriptedRoles[]::new));
    }

    private static LoopResult runUntil(
            Class<? extends LoopEvent> moment, int occurrence, ScriptedRoles roles, Path directory) {
        AtomicInteger seen = new AtomicInteger();
        List<AdversarialLoop> self = new ArrayList<>();
        boolean rare = moment != LoopEvent.Progress.class && moment != LoopEvent.TrainingStep.class;
        AdversarialLoop loop = LoopFixture.loop(roles)
                .listener(event -> {
                    if (moment.isInstance(event) && seen.incrementAndGet() == (rare ? 1 : occurrence)) {
                        self.get(0).stop();
                    }
                })
                .build();
        self.add(loop);
        return LoopFixture.run(loop, directory);
    }

    @Test
    void run_again_onlyRestoresTheStudent() {
        Trees.copy(finished, temp.resolve("whole"));
        ScriptedRoles idle = ScriptedRoles.prompt();
        LoopResult result = LoopFixture.run(LoopFixture.loop(idle).build(), temp.resolve("whole"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(result.iterations()).hasSize(3);
        assertThat(result.student()).contains(temp.resolve("whole/student/iteration-2"));
        assertThat(idle.served()).isEmpty();
        assertThat(Trees.of(temp.resolve("whole"))).isEqualTo(whole);
    }

    @Test
    void run_moreIterationsThanBefore_goesOnFromTheFinishedRun() {
        Trees.copy(finished, temp.resolve("whole"));
        LoopConfig longer = LoopFixture.config().iterations(3).build();
        LoopResult result = LoopFixture.run(
                LoopFixture.loop(ScriptedRoles.prompt()).config(longer).build(), temp.resolve("whole"));
        assertThat(result.iterations()).hasSize(4);
        assertThat(Trees.of(temp.resolve("whole"))).containsAllEntriesOf(whole);
    }

    @ParameterizedTest(name = "{0} calls at once")
    @MethodSource("concurrencies")
    void run_answersArriveInAnyOrder_writesTheSameFiles(int concurrentCalls) {
        LoopConfig config = LoopFixture.config()
                .maxConcurrentCalls(concurrentCalls)
                .studentBatch(concurrentCalls + 2)
                .build();
        Path directory = temp.resolve("concurrent");
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.slow(4)).config(config).build(), directory);
        assertThat(Trees.of(directory)).isEqualTo(whole);
    }

    static IntStream concurrencies() {
        return IntStream.of(1, 3, 16);
    }

    // surplus requests of a generator that proposes several at once may differ, but never repeat
    private static void assertServedOnce(ScriptedRoles... sittings) {
        assertThat(Stream.of(sittings).flatMap(roles -> roles.served().stream()))
                .doesNotHaveDuplicates();
    }
}
