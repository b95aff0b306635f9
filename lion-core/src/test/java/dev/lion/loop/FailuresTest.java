package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.fixture.Fakes;
import dev.lion.judging.HardRule;
import dev.lion.judging.Judging;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import dev.lion.role.TrainingContext;
import dev.lion.run.ManifestMismatchException;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong, and what is left when it did. */
@Timeout(60)
class FailuresTest {
    @TempDir
    Path temp;

    private static AdversarialLoop.Builder loop(Student student) {
        return LoopFixture.loop(ScriptedRoles.prompt(), student);
    }

    /** Breaks in one of its methods. */
    private record BrokenStudent(CountingStudent sound, String method) implements Student {
        private void enter(String name) {
            if (name.equals(method)) {
                throw new IllegalStateException("out of memory");
            }
        }

        @Override
        public List<Response> answer(List<Instruction> batch) {
            enter("answer");
            List<Response> responses = sound.answer(batch);
            return method.equals("answer short") ? responses.subList(1, responses.size()) : responses;
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> lessons, TrainingContext context) throws IOException {
            enter("imitate");
            return sound.imitate(lessons, context);
        }

        @Override
        public void save(Path directory) throws IOException {
            enter("save");
            sound.save(directory);
        }

        @Override
        public void restore(Path directory) throws IOException {
            enter("restore");
            sound.restore(directory);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer", "answer short", "imitate", "save"})
    void run_studentFails_stopsAndCanBeResumed(String method) {
        AdversarialLoop broken =
                loop(new BrokenStudent(new CountingStudent(), method)).build();
        RoleFailedException failure =
                catchThrowableOfType(RoleFailedException.class, () -> LoopFixture.run(broken, temp.resolve("run")));
        assertThat(failure.role()).isEqualTo(Role.STUDENT);
        assertThat(failure.stage()).isEqualTo(method.startsWith("answer") ? Stage.DISCRIMINATION : Stage.IMITATION);
        assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);

        LoopResult result = LoopFixture.run(loop(new CountingStudent()).build(), temp.resolve("run"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
    }

    @Test
    void run_studentReturnsTooFewAnswers_saysHowMany() {
        AdversarialLoop broken =
                loop(new BrokenStudent(new CountingStudent(), "answer short")).build();
        assertThatThrownBy(() -> LoopFixture.run(broken, temp.resolve("run")))
                .hasMessageContaining("4 responses to 5 instructions");
    }

    @Test
    void run_studentCannotRestore_namesTheDirectory() {
        LoopFixture.run(loop(new CountingStudent()).build(), temp.resolve("run"));
        AdversarialLoop broken =
                loop(new BrokenStudent(new CountingStudent(), "restore")).build();
        assertThatThrownBy(() -> LoopFixture.run(broken, temp.resolve("run")))
                .isInstanceOf(StudentRestoreException.class)
                .hasMessageContaining("student/iteration-2");
    }

    @Test
    @SuppressWarnings("NullAway") // an adapter without null checks may return null
    void run_teacherReturnsNull_setsTheInstructionAside() {
        List<String> reasons = Collections.synchronizedList(new ArrayList<>());
        Teacher teacher = instruction -> instruction.text().endsWith("7") ? null : Response.of("fine");
        LoopFixture.run(
                loop(new CountingStudent())
                        .teacher(teacher)
                        .config(LoopFixture.config().iterations(0).build())
                        .listener(event -> {
                            if (event instanceof LoopEvent.ItemSetAside aside) {
                                reasons.add(aside.reason());
                            }
                        })
                        .build(),
                temp.resolve("run"));
        assertThat(reasons).containsExactly("java.lang.NullPointerException: it returned null");
    }

    @Test
    void run_moreFailuresThanTolerated_stopsAndResumesWithTheRestOnly() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        LoopConfig config = LoopFixture.config()
                .iterations(0)
                .maxConcurrentCalls(1)
                .toleratedFailureShare(0.1)
                .build();
        Teacher down = instruction -> {
            if (asked.size() >= 5) {
                throw new IllegalStateException("401: no such key");
            }
            asked.add(instruction.id());
            return Response.of("fine");
        };
        AdversarialLoop failing =
                loop(new CountingStudent()).teacher(down).config(config).build();
        assertThatThrownBy(() -> LoopFixture.run(failing, temp.resolve("run")))
                .isInstanceOf(TooManyFailuresException.class)
                .hasMessageContaining("2 of 12 items failed in imitation of iteration 0")
                .hasMessageContaining("401: no such key");

        Teacher up = instruction -> {
            asked.add(instruction.id());
            return Response.of("fine");
        };
        LoopFixture.run(loop(new CountingStudent()).teacher(up).config(config).build(), temp.resolve("run"));
        assertThat(asked).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void run_fewerFailuresThanTolerated_goesOnWithoutThem() {
        LoopConfig config =
                LoopFixture.config().iterations(0).toleratedFailureShare(0.1).build();
        Teacher teacher = instruction -> {
            if (instruction.text().endsWith("7")) {
                throw new IllegalStateException("refused");
            }
            return Response.of("fine");
        };
        LoopResult result = LoopFixture.run(
                loop(new CountingStudent()).teacher(teacher).config(config).build(), temp.resolve("run"));
        assertThat(result.iterations().get(0).unanswered()).isEqualTo(1);
    }

    @Test
    void run_otherSettings_isRefusedFieldByField() {
        LoopFixture.run(loop(new CountingStudent()).setting("teacher", "a").build(), temp.resolve("run"));
        AdversarialLoop other = loop(new CountingStudent())
                .setting("teacher", "b")
                .config(LoopFixture.config()
                        .hardRule(HardRule.gap(1.5))
                        .seed(43)
                        .build())
                .build();
        ManifestMismatchException mismatch = catchThrowableOfType(
                ManifestMismatchException.class, () -> LoopFixture.run(other, temp.resolve("run")));
        assertThat(mismatch.differences())
                .containsExactly(
                        "configuration.hardRule: gap of 1.0 or more → gap of 1.5 or more",
                        "seed: 42 → 43",
                        "settings.teacher: a → b");
    }

    @Test
    void run_otherSeeds_isRefused() {
        LoopFixture.run(loop(new CountingStudent()).build(), temp.resolve("run"));
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            AdversarialLoop loop = loop(new CountingStudent()).build();
            assertThatThrownBy(() -> loop.run(Fakes.pool("something else"), run))
                    .isInstanceOf(ManifestMismatchException.class)
                    .hasMessageContaining("seedPool.instructions: 12 → 1");
        }
    }

    @Test
    void run_listenerThrows_isCountedAndStopsNothing() {
        AtomicInteger told = new AtomicInteger();
        LoopResult result = LoopFixture.run(
                loop(new CountingStudent())
                        .listener(event -> {
                            told.incrementAndGet();
                            throw new IllegalStateException("disk of the log is full");
                        })
                        .build(),
                temp.resolve("run"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(result.listenerFailures()).isEqualTo(told.get() - 1); // RunFinished comes after the result
    }

    @Test
    void stop_callsUnderWay_areWaitedForAndKept() throws Exception {
        CountDownLatch underWay = new CountDownLatch(4);
        CountDownLatch stopped = new CountDownLatch(1);
        Teacher slow = instruction -> {
            underWay.countDown();
            stopped.await();
            return Response.of("paid for");
        };
        AdversarialLoop loop = loop(new CountingStudent()).teacher(slow).build();
        Thread stopper = new Thread(() -> {
            try {
                underWay.await();
                loop.stop();
                TimeUnit.MILLISECONDS.sleep(100);
                stopped.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopper.start();
        LoopResult result = LoopFixture.run(loop, temp.resolve("run"));
        stopper.join();
        assertThat(result.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(RunDirectory.read(temp.resolve("run")).teacherAnswers()).hasSize(4);
    }

    @Test
    void stop_callThatHangs_isInterruptedAfterTheTimeout() {
        List<AdversarialLoop> self = new ArrayList<>();
        CountDownLatch interrupted = new CountDownLatch(1);
        Teacher hanging = instruction -> {
            self.get(0).stop();
            try {
                TimeUnit.HOURS.sleep(1);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Response.of("never");
        };
        LoopConfig config = LoopFixture.config()
                .maxConcurrentCalls(1)
                .stopTimeout(Duration.ofMillis(50))
                .build();
        self.add(loop(new CountingStudent()).teacher(hanging).config(config).build());
        assertThat(LoopFixture.run(self.get(0), temp.resolve("run")).status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void run_threadInterrupted_stopsWithTheFlagKeptAndCanBeResumed() {
        Thread runner = Thread.currentThread();
        AtomicInteger answers = new AtomicInteger();
        Teacher teacher = instruction -> {
            if (answers.incrementAndGet() == 3) {
                runner.interrupt();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return Response.of("fine");
        };
        LoopResult result =
                LoopFixture.run(loop(new CountingStudent()).teacher(teacher).build(), temp.resolve("run"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(LoopFixture.run(loop(new CountingStudent()).teacher(teacher).build(), temp.resolve("run"))
                        .status())
                .isEqualTo(LoopResult.Status.COMPLETED);
    }

    @Test
    void run_whileRunning_isRefused() {
        List<AdversarialLoop> self = new ArrayList<>();
        List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
        self.add(loop(new CountingStudent())
                .listener(event -> {
                    if (event instanceof LoopEvent.RunStarted) {
                        try (RunDirectory other = RunDirectory.open(temp.resolve("other"))) {
                            self.get(0).run(LoopFixture.SEEDS, other);
                        } catch (IllegalStateException e) {
                            refusals.add(e);
                        }
                    }
                })
                .build());
        LoopFixture.run(self.get(0), temp.resolve("run"));
        assertThat(refusals).hasSize(1);
    }

    @Test
    void build_nothingGiven_namesEveryMissingRole() {
        assertThatThrownBy(() -> AdversarialLoop.builder()
                        .acceptanceRules(List.of(AcceptanceRule.TOO_SHORT, AcceptanceRule.TOO_SHORT))
                        .build())
                .isInstanceOf(LoopConfigException.class)
                .hasMessageContainingAll("teacher", "referee", "generator", "student", "two acceptance rules");
    }

    @Test
    void config_severalFaults_areReportedTogether() {
        LoopConfigException faults = catchThrowableOfType(
                LoopConfigException.class,
                () -> LoopConfig.builder()
                        .iterations(-1)
                        .maxRougeL(Double.NaN)
                        .maxAttempts(0)
                        .build());
        assertThat(faults.faults())
                .containsExactly(
                        "iterations must be 0 or more, but is -1",
                        "maxRougeL must be from 0 to 1, but is NaN",
                        "maxAttempts must be 1 or more, but is 0");
    }

    @Test
    void config_defaults_areThePapers() {
        LoopConfig config = LoopConfig.defaults();
        assertThat(config.iterations()).isEqualTo(3);
        assertThat(config.hardRule()).isEqualTo(HardRule.gap(1.0));
        assertThat(config.judging()).isEqualTo(Judging.paper());
        assertThat(config.maxRougeL()).isEqualTo(0.7);
        assertThat(config.hardQuota()).isEqualTo(3000);
    }

    @Test
    void run_noSeeds_isRefusedBeforeAnythingIsWritten() {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            AdversarialLoop loop = loop(new CountingStudent()).build();
            assertThatThrownBy(() -> loop.run(Fakes.pool(), run)).isInstanceOf(LoopConfigException.class);
            assertThatThrownBy(run::manifest).hasMessageContaining("holds no run");
        }
    }
}
