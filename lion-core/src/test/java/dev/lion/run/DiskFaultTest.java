package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.loop.RoleFailedException;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import dev.lion.run.FaultyDisk.Afterwards;
import dev.lion.run.FaultyDisk.Step;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever the disk fails, the run says so, nothing is damaged, and the next sitting ends as if nothing had been. */
@Timeout(120)
@Tag("slow")
class DiskFaultTest {
    @TempDir
    static Path finished;

    @TempDir
    Path temp;

    private static Map<String, String> whole = Map.of();

    @BeforeAll
    static void runWhole() {
        SmallRun.on(finished, FaultyDisk.sound(), ScriptedRoles.prompt());
        whole = Trees.of(finished);
        assertThat(whole.get("iteration-1/summary.json"))
                .as("what a run that takes every path learnt from preferences")
                .contains("\"pairs\"");
    }

    static Stream<Arguments> faults() {
        return Stream.of(Step.values())
                .flatMap(step -> Stream.of(Afterwards.values()).map(afterwards -> Arguments.of(step, afterwards)));
    }

    @ParameterizedTest(name = "{0}, {1} afterwards")
    @MethodSource("faults")
    void run_diskFailsAtEachStepInTurn_saysSoAndContinuesToTheSameFiles(Step step, Afterwards afterwards) {
        boolean failed = true;
        for (int occurrence = 1; failed; occurrence++) {
            Path directory = temp.resolve("run-" + occurrence);
            FaultyDisk disk = FaultyDisk.failingAt(step, occurrence, afterwards);
            ScriptedRoles first = ScriptedRoles.prompt();
            Throwable thrown = catchThrowable(() -> SmallRun.on(directory, disk, first));
            failed = disk.hasFailed();
            if (failed) {
                assertThat(thrown)
                        .as("%s %d", step, occurrence)
                        .isInstanceOf(RunStorageException.class)
                        .hasMessageContainingAll(directory.toString(), "No space left on device");
                ScriptedRoles second = ScriptedRoles.prompt();
                SmallRun.on(directory, FaultyDisk.sound(), second);
                assertThat(askedAgain(first, second)).hasSizeLessThanOrEqualTo(mostLost(step, afterwards));
            }
            assertThat(Trees.of(directory)).as("%s %d", step, occurrence).isEqualTo(whole);
            assertThat(failed || occurrence > 1).as("the step occurs").isTrue();
        }
    }

    // only answers that could not be written, which the loop did not use either
    private static int mostLost(Step step, Afterwards afterwards) {
        if (afterwards == Afterwards.DEAD) {
            return SmallRun.CONCURRENT_CALLS;
        }
        return step == Step.WRITE ? 1 : 0;
    }

    private static Set<String> askedAgain(ScriptedRoles first, ScriptedRoles second) {
        Set<String> again = new HashSet<>(second.served());
        again.retainAll(first.served());
        return again;
    }

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void run_diskFailsInSittingAfterSitting_endsWithTheSameFiles(int seed) {
        Random random = new Random(seed);
        Path directory = temp.resolve("run");
        Throwable thrown;
        do {
            Step step = any(List.of(Step.values()), random);
            Afterwards afterwards = any(List.of(Afterwards.values()), random);
            FaultyDisk disk = FaultyDisk.failingAt(step, 1 + random.nextInt(20), afterwards);
            thrown = catchThrowable(() -> SmallRun.on(directory, disk, ScriptedRoles.prompt()));
            assertThat(thrown == null || thrown instanceof RunStorageException)
                    .as("%s", thrown)
                    .isTrue();
        } while (thrown != null);
        assertThat(Trees.of(directory)).isEqualTo(whole);
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** What of a student's own writing fails. */
    enum StudentFault {
        CHECKPOINT,
        SAVE
    }

    /** Writes half a file, then finds the disk full. */
    private record UnluckyStudent(CountingStudent sound, StudentFault fault) implements Student {
        @Override
        public List<Response> answer(List<Instruction> batch) {
            return sound.answer(batch);
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> lessons, TrainingContext context) throws IOException {
            if (fault == StudentFault.CHECKPOINT) {
                throw full(context.checkpointDirectory().resolve("progress.pending"));
            }
            return sound.imitate(lessons, context);
        }

        @Override
        public void save(Path directory) throws IOException {
            sound.save(directory);
            throw full(directory.resolve("half-written"));
        }

        private static IOException full(Path file) throws IOException {
            Files.writeString(file, "half");
            return new IOException("No space left on device");
        }

        @Override
        public void restore(Path directory) throws IOException {
            sound.restore(directory);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @EnumSource
    void run_studentCannotWrite_saysSoAndContinuesToTheSameFiles(StudentFault fault) {
        Path directory = temp.resolve("run");
        Student unlucky = new UnluckyStudent(new CountingStudent(), fault);
        ScriptedRoles first = ScriptedRoles.prompt();
        assertThat(catchThrowable(() -> SmallRun.on(directory, FaultyDisk.sound(), first, unlucky)))
                .isInstanceOf(RoleFailedException.class)
                .hasMessageContainingAll("the student failed in imitation of iteration 0", "No space left on device");

        ScriptedRoles second = ScriptedRoles.prompt();
        SmallRun.on(directory, FaultyDisk.sound(), second);
        assertThat(Trees.of(directory)).isEqualTo(whole);
        assertThat(askedAgain(first, second)).isEmpty();
    }

    @Test
    void append_cutOffLineCannotBeRemoved_takesNoMore() {
        Path file = temp.resolve("answers.jsonl");
        FaultyDisk disk = FaultyDisk.failingAt(Step.WRITE, 1, Afterwards.DEAD);
        Journal<Answer> journal = Journal.open(disk, file, RecordType.ANSWERS);
        assertThat(catchThrowable(() -> journal.append(new Answer("a", Response.of("first")))))
                .isInstanceOf(RunStorageException.class);
        assertThat(catchThrowable(() -> journal.append(new Answer("b", Response.of("second")))))
                .hasMessageContaining("an earlier line is only there in part");
        assertThat(Records.appended(file, RecordType.ANSWERS).torn()).isTrue();
    }
}
