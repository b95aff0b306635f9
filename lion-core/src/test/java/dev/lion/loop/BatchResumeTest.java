package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.loop.LoopEvent.Batch.State;
import dev.lion.run.BatchEntry;
import dev.lion.run.BatchEntry.Intended;
import dev.lion.run.IterationDirectory;
import dev.lion.run.Journal;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that end while batches are under way: the next sitting goes on with these batches. */
@Timeout(60)
class BatchResumeTest {
    @TempDir
    static Path oneByOne;

    private static Map<String, String> whole = Map.of();

    @TempDir
    Path temp;

    private final BatchFixture batched = new BatchFixture();

    @BeforeAll
    static void runOneByOne() {
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), oneByOne);
        whole = Trees.of(oneByOne);
    }

    private Path run() {
        return temp.resolve("run");
    }

    private void assertEndsAsOneByOne() {
        assertThat(batched.run(run()).status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(Trees.of(run())).isEqualTo(whole);
    }

    private List<String> submitted() {
        return Stream.concat(teachers(0), referees(0)).toList();
    }

    private Stream<String> teachers(int skipped) {
        return batched.teacher.submitted().stream()
                .skip(skipped)
                .flatMap(List::stream)
                .map(Instruction::id);
    }

    private Stream<String> referees(int skipped) {
        return batched.referee.submitted().stream()
                .skip(skipped)
                .flatMap(List::stream)
                .map(question -> question.instruction().id() + " " + question.first() + " " + question.second());
    }

    /** A submission has two steps, before it is taken and after that, and a look has one. */
    static IntStream teachersSteps() {
        return IntStream.rangeClosed(1, 12);
    }

    static IntStream refereesSteps() {
        return IntStream.iterate(1, step -> step <= 21, step -> step + 2);
    }

    @ParameterizedTest(name = "died at step {0} of the teacher's batches")
    @MethodSource("teachersSteps")
    void run_diedWithBatchesOfTheTeacher_goesOnWithThem(int step) {
        batched.teacher.holding(5).endingAfter(2).leavingOutEvery(4).breakingDownAt(step);
        assertDiesAndGoesOn();
    }

    @ParameterizedTest(name = "died at step {0} of the referee's batches")
    @MethodSource("refereesSteps")
    void run_diedWithBatchesOfTheReferee_goesOnWithThem(int step) {
        batched.referee.holding(9).endingAfter(2).leavingOutEvery(4).breakingDownAt(step);
        assertDiesAndGoesOn();
    }

    private void assertDiesAndGoesOn() {
        batched.teacher.listing();
        batched.referee.listing();
        assertThatThrownBy(() -> batched.run(run())).isInstanceOf(ScriptedRoles.InjectedFault.class);
        List<String> before = submitted();
        boolean lost = !before.isEmpty() && idOfTheLastIsUnknown();

        assertEndsAsOneByOne();

        List<String> all = submitted();
        assertThat(all).doesNotHaveDuplicates();
        if (!lost) {
            assertThat(Stream.of(batched.roles.served(), batched.far.served()).flatMap(Collection::stream))
                    .as("questions that were answered")
                    .doesNotHaveDuplicates();
        }
        assertThat(batched.notices().stream().anyMatch(notice -> notice.contains("may be paid for")))
                .isEqualTo(lost);
    }

    // a submission was taken, and the process died before it had the id
    private boolean idOfTheLastIsUnknown() {
        int taken =
                batched.teacher.submitted().size() + batched.referee.submitted().size();
        return taken > batched.told(State.SUBMITTED).size();
    }

    @Test
    void run_killedAtAnyMoment_goesOnWithTheBatchesThatItKnows() {
        batched.teacher.holding(5).endingAfter(3).leavingOutEvery(4);
        batched.referee.holding(7).endingAfter(3).leavingOutEvery(4);
        AtomicInteger seen = new AtomicInteger();
        List<Path> snapshots = new ArrayList<>();
        List<Set<String>> submittedBefore = new ArrayList<>();
        AdversarialLoop watched = batched.loop()
                .listener(event -> {
                    if (event instanceof LoopEvent.Batch && seen.incrementAndGet() % 7 == 0) {
                        submittedBefore.add(Set.copyOf(submitted()));
                        snapshots.add(temp.resolve("killed-" + snapshots.size()));
                        Trees.copy(run(), snapshots.get(snapshots.size() - 1));
                    }
                })
                .build();
        assertThat(LoopFixture.run(watched, run()).listenerFailures()).isZero();
        assertThat(snapshots).hasSizeGreaterThan(6);
        for (int i = 0; i < snapshots.size(); i++) {
            int teachers = batched.teacher.submitted().size();
            int referees = batched.referee.submitted().size();
            batched.run(snapshots.get(i));
            assertThat(Trees.of(snapshots.get(i))).as("%s", snapshots.get(i)).isEqualTo(whole);
            assertThat(Stream.concat(teachers(teachers), referees(referees)))
                    .as("submitted after the kill %s", i)
                    .doesNotContainAnyElementsOf(submittedBefore.get(i));
        }
    }

    private LoopResult runAndStopAt(State moment) {
        List<AdversarialLoop> running = new ArrayList<>();
        running.add(batched.loop()
                .listener(event -> {
                    if (event instanceof LoopEvent.Batch batch && batch.state() == moment) {
                        running.forEach(AdversarialLoop::stop);
                    }
                })
                .build());
        return LoopFixture.run(running.get(0), run());
    }

    @ParameterizedTest
    @EnumSource(names = {"SUBMITTED", "RUNNING", "UNREACHABLE", "ENDED"})
    void run_stoppedWhileItWaits_leavesBatchesRunningAndTakesThemUp(State moment) {
        batched.teacher.holding(5).endingAfter(3).unreachable(1);
        LoopResult stopped = runAndStopAt(moment);
        assertThat(stopped.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(batched.told(State.LEFT_RUNNING)).isNotEmpty();
        assertThat(batched.notices())
                .anyMatch(notice -> notice.contains("goes on at the provider; running again waits for it"));

        assertEndsAsOneByOne();
        assertThat(submitted()).doesNotHaveDuplicates();
        assertThat(batched.told(State.TAKEN_UP)).hasSameSizeAs(batched.told(State.LEFT_RUNNING));
        assertThat(batched.roles.served()).allMatch(question -> question.startsWith("generator"));
    }

    @Test
    void run_stopped_endsAtOnceHoweverLongThePause() {
        batched.teacher.endingAfter(2);
        batched.batching = batched.batching.withPauses(Duration.ofDays(1), Duration.ofDays(1));
        assertThat(runAndStopAt(State.SUBMITTED).status()).isEqualTo(LoopResult.Status.STOPPED);
    }

    @Test
    void run_resumedLongAfterTheDeadlineAndTheFirstLookFails_takesTheAnswersAtTheNext() throws Exception {
        assertThat(runAndStopAt(State.SUBMITTED).status()).isEqualTo(LoopResult.Status.STOPPED);
        submitEarlier(Duration.ofDays(3));
        batched.teacher.poll("batch-0", batched.teacher.submitted().get(0)); // it is done at the provider
        batched.teacher.unreachable(1);

        assertEndsAsOneByOne();
        assertThat(batched.told(State.UNREACHABLE)).isNotEmpty();
        assertThat(batched.teacher.cancelled()).containsExactly("batch-0");
        assertThat(batched.told(State.LOST)).isEmpty();
        assertThat(batched.roles.served()).allMatch(question -> question.startsWith("generator"));
        assertThat(submitted()).doesNotHaveDuplicates();
    }

    private void submitEarlier(Duration time) {
        try (RunDirectory run = RunDirectory.open(run())) {
            IterationDirectory files = run.iteration(0);
            List<BatchEntry> entries;
            try (Journal<BatchEntry> journal = files.journal(RecordType.BATCHES)) {
                entries = List.copyOf(journal.recovered());
            }
            files.discard(RecordType.BATCHES);
            try (Journal<BatchEntry> journal = files.journal(RecordType.BATCHES)) {
                entries.forEach(entry -> journal.append(earlier(entry, time)));
                journal.force();
            }
        }
    }

    private static BatchEntry earlier(BatchEntry entry, Duration time) {
        return entry instanceof Intended it
                ? new Intended(
                        it.batch(),
                        it.stage(),
                        it.role(),
                        it.hold(),
                        it.since().minus(time),
                        it.questions(),
                        it.present())
                : entry;
    }

    @Test
    void run_resumedWithoutBatches_saysWhatIsLeftAtTheProviderAndAsksOneByOne() {
        batched.teacher.endingAfter(1_000_000).breakingDownAt(3);
        assertThatThrownBy(() -> batched.run(run())).isInstanceOf(ScriptedRoles.InjectedFault.class);
        List<LoopEvent> events = new ArrayList<>();
        LoopFixture.run(LoopFixture.loop(batched.roles).listener(events::add).build(), run());
        assertThat(Trees.of(run())).isEqualTo(whole);
        assertThat(events)
                .anyMatch(event -> event instanceof LoopEvent.Notice notice
                        && notice.message().contains("batch-0 of 12 questions is left at the provider"));
    }

    @Test
    void run_batchesCannotBeLookedAtForGood_endsAndGoesOnWithThem() {
        batched.teacher.endingAfter(2);
        var refused = new IllegalStateException("wrong key");
        AdversarialLoop failing = batched.loop()
                .teacher(FailingLooks.teacher(batched.roles.teacher(), batched.teacher, refused))
                .build();
        assertThatThrownBy(() -> LoopFixture.run(failing, run()))
                .isInstanceOf(RoleFailedException.class)
                .hasRootCause(refused);
        assertEndsAsOneByOne();
        assertThat(submitted()).doesNotHaveDuplicates();
    }

    @Test
    void run_finished_leavesNoJournalOfBatches() {
        assertEndsAsOneByOne();
        try (RunDirectory run = RunDirectory.read(run())) {
            assertThat(run.spending().held()).isEmpty();
        }
    }
}
