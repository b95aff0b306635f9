package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.lion.data.Demonstration;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import dev.lion.run.RunDirectory;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** In whatever stage a run is asked to end, and whoever does not listen, it ends soon, keeps what there is, and goes on. */
@Timeout(60)
class StopTest {
    @TempDir
    Path temp;

    private final ScriptedRoles roles = ScriptedRoles.prompt();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private Runnable end = () -> {};

    private Path directory() {
        return temp.resolve("run");
    }

    @BeforeEach
    void forgetInterrupts() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    /** How a run is asked to end. */
    enum Way {
        STOP,
        INTERRUPT
    }

    private LoopResult runUntilEnded(Way way, AdversarialLoop.Builder builder) {
        AdversarialLoop loop = builder.config(
                        LoopFixture.config().stopTimeout(Duration.ofMillis(50)).build())
                .listener(event -> {
                    if (event instanceof LoopEvent.Notice notice) {
                        notices.add(notice.message());
                    }
                })
                .build();
        Thread runner = Thread.currentThread();
        end = way == Way.STOP ? loop::stop : runner::interrupt;
        LoopResult result = LoopFixture.run(loop, directory());
        assertThat(Thread.interrupted()).as("the flag").isEqualTo(way == Way.INTERRUPT);
        return result;
    }

    // neither a stop nor an interrupt gets it out of this
    private void hang() {
        end.run();
        Uninterruptibles.awaitUninterruptibly(released);
    }

    static Stream<Arguments> hangingRoles() {
        return Stream.of(Role.TEACHER, Role.REFEREE, Role.GENERATOR)
                .flatMap(role -> Stream.of(Way.values()).map(way -> Arguments.of(role, way)));
    }

    private AdversarialLoop.Builder hangingIn(Role role) {
        AdversarialLoop.Builder builder = LoopFixture.loop(roles);
        return switch (role) {
            case TEACHER ->
                builder.teacher(instruction -> {
                    hang();
                    return roles.teacher().answer(instruction);
                });
            case REFEREE ->
                builder.referee(comparison -> {
                    hang();
                    return roles.referee().judge(comparison);
                });
            default ->
                builder.generator(request -> {
                    hang();
                    return roles.generator().generate(request);
                });
        };
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("hangingRoles")
    void run_roleHangsAndIgnoresEverything_endsSaysSoAndGoesOnToTheSameFiles(Role role, Way way) {
        LoopResult result = runUntilEnded(way, hangingIn(role));

        assertThat(result.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(result.reason())
                .endsWith("; everything so far is in " + directory() + ", from where running again goes on");
        assertThat(notices)
                .anyMatch(notice ->
                        notice.matches("\\d calls were still under way after PT0.05S \\(stopTimeout\\) and are"
                                + " interrupted; they are made again when the run goes on"));
        released.countDown(); // the late answers come, and nobody takes them
        assertGoesOnToTheSameFiles();
    }

    private void assertGoesOnToTheSameFiles() {
        Path whole = temp.resolve("whole");
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), whole);
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), directory());
        Map<String, String> files = Trees.of(directory());
        assertThat(files).isEqualTo(Trees.of(whole));
    }

    /** Asks for the end at one of its moments, and works on. */
    private final class EndingStudent implements Student {
        private final CountingStudent student = new CountingStudent();
        private final String moment;

        private EndingStudent(String moment) {
            this.moment = moment;
        }

        private void at(String now) {
            if (now.equals(moment)) {
                end.run();
            }
        }

        @Override
        public List<Response> answer(List<Instruction> batch) {
            at("answer");
            return student.answer(batch);
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
                throws IOException {
            at("imitate");
            ImitationSummary summary = student.imitate(demonstrations, context);
            at("imitated");
            return summary;
        }

        @Override
        public void save(Path directory) throws IOException {
            at("save");
            student.save(directory);
        }

        @Override
        public void restore(Path directory) throws IOException {
            student.restore(directory);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @EnumSource
    void run_endedWhileTheStudentAnswers_keepsTheBatch(Way way) {
        LoopResult result = runUntilEnded(way, LoopFixture.loop(roles, new EndingStudent("answer")));
        assertThat(result.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(RunDirectory.read(directory()).studentAnswers(1)).hasSize(5);
        assertGoesOnToTheSameFiles();
    }

    @Test
    void run_stoppedWhileTheStudentLearns_keepsItsProgress() {
        LoopResult result = runUntilEnded(Way.STOP, LoopFixture.loop(roles, new EndingStudent("imitate")));
        assertThat(result.reason()).startsWith("after 0 steps; everything so far is in ");
        assertThat(directory().resolve("iteration-0/in-progress/training/progress"))
                .exists();
        assertGoesOnToTheSameFiles();
    }

    static Stream<Arguments> lateMoments() {
        return Stream.of("imitated", "save")
                .flatMap(moment -> Stream.of(Way.values()).map(way -> Arguments.of(moment, way)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("lateMoments")
    void run_endedWhenTheStudentHasLearnt_commitsIt(String moment, Way way) {
        Student student = new EndingStudent(moment);
        LoopResult result = runUntilEnded(way, LoopFixture.loop(roles, student));
        assertThat(result.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(result.student()).contains(directory().resolve("student/iteration-0"));
        assertGoesOnToTheSameFiles();
    }

    @Test
    void run_stoppedWhileTheStudentIsEvaluated_endsBeforeItsNextBatch() {
        LoopResult result = runUntilEnded(
                Way.STOP, LoopFixture.loop(roles, new EndingStudent("answer")).evaluation(student -> {
                    while (true) { // as long as it is answered
                        assertThat(student.answer(List.of(Instruction.of("What is 2 + 2?"))))
                                .hasSize(1);
                    }
                }));
        assertThat(result.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(result.iterations()).isEmpty();
        assertThat(result.student()).isPresent();
        LoopResult resumed = LoopFixture.run(
                LoopFixture.loop(roles)
                        .evaluation(student -> new EvaluationSummary(Map.of("sums", new EvaluationSummary.Score(1, 2))))
                        .build(),
                directory());
        assertThat(resumed.status()).isEqualTo(LoopResult.Status.COMPLETED);
    }
}
