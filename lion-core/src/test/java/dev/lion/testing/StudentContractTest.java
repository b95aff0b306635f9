package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.fixture.ContractRun;
import dev.lion.role.StepMeasurement;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The contract passes {@link CountingStudent}, and each of its tests fails for a student that is broken in that point. */
class StudentContractTest {
    private static final AtomicInteger MADE = new AtomicInteger();

    static final List<Map.Entry<String, Supplier<Student>>> BROKEN = List.of(
            Map.entry("answer_batch_isOneResponseForEach", () -> new Almost() {
                @Override
                public List<Response> answer(List<Instruction> batch) {
                    return super.answer(batch).subList(0, batch.size() - 1);
                }
            }),
            Map.entry("answer_otherOrderAndAlone_areTheSameAnswers", () -> new Almost() {
                @Override
                public List<Response> answer(List<Instruction> batch) {
                    return super.answer(batch).stream()
                            .sorted((one, other) -> one.text().compareTo(other.text()))
                            .toList();
                }
            }),
            Map.entry("answer_sameBatchAgain_isTheSame", () -> new Almost() {
                private int calls;

                @Override
                public List<Response> answer(List<Instruction> batch) {
                    calls++;
                    return batch.stream().map(i -> Response.of("call " + calls)).toList();
                }
            }),
            Map.entry("answer_unusualText_isAnsweredWithTheOthers", () -> new Almost() {
                @Override
                public List<Response> answer(List<Instruction> batch) {
                    if (batch.stream().anyMatch(i -> i.fullText().length() > 4096)) {
                        throw new IllegalArgumentException("longer than the context");
                    }
                    return super.answer(batch);
                }
            }),
            Map.entry("student_usedFromOneThreadAfterAnother_works", () -> new Almost() {
                private final Thread owner = Thread.currentThread();

                @Override
                public List<Response> answer(List<Instruction> batch) {
                    if (Thread.currentThread() != owner) {
                        throw new IllegalStateException("wrong thread");
                    }
                    return super.answer(batch);
                }
            }),
            Map.entry("restore_whatAnotherSaved_answersAlike", () -> new Almost() {
                private byte[] saved = new byte[0];

                @Override
                public void save(Path directory) throws IOException {
                    super.save(directory);
                    saved = Files.readAllBytes(directory.resolve("mind"));
                }

                @Override
                public void restore(Path directory) throws IOException {
                    Files.write(directory.resolve("mind"), saved.length == 0 ? new byte[] {'0'} : saved);
                    super.restore(directory);
                }
            }),
            Map.entry("restore_studentThatLearntMore_replacesItsState", () -> new Almost() {
                private boolean taught;

                @Override
                public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
                        throws IOException {
                    taught = true;
                    return super.imitate(demonstrations, context);
                }

                @Override
                public void restore(Path directory) throws IOException {
                    if (!taught) {
                        super.restore(directory);
                    }
                }
            }),
            Map.entry("restore_emptyDirectory_isRefused", () -> new Almost() {
                @Override
                public void restore(Path directory) throws IOException {
                    if (Files.exists(directory.resolve("mind"))) {
                        super.restore(directory);
                    }
                }
            }),
            Map.entry("save_emptyDirectory_fillsItAndNothingElse", () -> new Almost() {
                @Override
                public void save(Path directory) throws IOException {
                    super.save(directory);
                    Files.writeString(directory.resolveSibling(directory.getFileName() + ".lock"), "");
                }
            }),
            Map.entry("close_twice_isAllowed", () -> new Almost() {
                private boolean closed;

                @Override
                public void close() {
                    if (closed) {
                        throw new IllegalStateException("closed already");
                    }
                    closed = true;
                }
            }),
            Map.entry("imitate_lessons_accountsForEach", () -> new Almost() {
                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    return ImitationSummary.ofAll(sound.examples() - 1, sound.tokens(), sound.losses());
                }
            }),
            Map.entry("imitate_lessons_accountsForEach", () -> new Almost() {
                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    return new ImitationSummary(sound.examples(), 0, 7, sound.tokens(), sound.losses());
                }
            }),
            Map.entry("imitate_lessons_reportsItsStepsInOrder", () -> new Almost() {
                @Override
                TrainingContext context(TrainingContext asked) {
                    return new UnsoundNorms(asked);
                }

                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    return ImitationSummary.ofAll(
                            sound.examples(),
                            sound.tokens(),
                            sound.losses().stream().map(UnsoundNorms::unsound).toList());
                }
            }),
            Map.entry("imitate_lessons_reportsItsStepsInOrder", () -> new Almost() {
                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    return ImitationSummary.ofAll(sound.examples(), sound.tokens(), List.of());
                }
            }),
            Map.entry("imitate_lessons_lowersTheLoss", () -> new Almost() {
                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    List<LossPoint> rising = new ArrayList<>();
                    sound.losses().forEach(point -> rising.add(new LossPoint(point.step(), point.step(), 1e-3)));
                    return ImitationSummary.ofAll(sound.examples(), sound.tokens(), rising);
                }
            }),
            Map.entry("imitate_lessons_changesTheAnswers", () -> new Almost() {
                @Override
                public List<Response> answer(List<Instruction> batch) {
                    return batch.stream().map(i -> Response.of(i.id())).toList();
                }
            }),
            Map.entry("imitate_sameSeed_endsTheSame", () -> new Almost() {
                private final int number = MADE.incrementAndGet();

                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    return ImitationSummary.ofAll(sound.examples(), number, sound.losses());
                }
            }),
            Map.entry("imitate_stoppedAndContinued_endsAsUninterrupted", () -> new Almost() {
                @Override
                TrainingContext context(TrainingContext asked) {
                    return ScriptedTraining.in(asked.checkpointDirectory(), asked.randomSeed());
                }
            }),
            Map.entry("imitate_stoppedAndContinued_endsAsUninterrupted", () -> new Almost() {
                @Override
                public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
                        throws IOException {
                    Files.deleteIfExists(context.checkpointDirectory().resolve("progress"));
                    return super.imitate(demonstrations, context);
                }
            }),
            Map.entry("imitate_withPreferences_accountsForEach", () -> new Almost() {
                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    long pairs = sound.preferences().orElseThrow().pairs();
                    return ImitationSummary.ofAll(sound.examples() + pairs, sound.tokens(), sound.losses());
                }
            }),
            Map.entry("imitate_withPreferencesStoppedAndContinued_endsAsUninterrupted", () -> new Almost() {
                @Override
                TrainingContext context(TrainingContext asked) {
                    return Files.exists(asked.checkpointDirectory().resolve("progress"))
                            ? ScriptedTraining.in(asked.checkpointDirectory(), asked.randomSeed())
                            : asked;
                }
            }),
            Map.entry("imitate_afterRestore_endsAsUninterrupted", () -> new Almost() {
                private int taught;

                @Override
                ImitationSummary summary(ImitationSummary sound) {
                    taught++;
                    return ImitationSummary.ofAll(sound.examples(), taught, sound.losses());
                }
            }),
            Map.entry("imitate_onAnInterruptedThread_passesTheInterruptOn", () -> new Almost() {
                @Override
                public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
                        throws IOException {
                    if (Thread.interrupted()) {
                        return new ImitationSummary(0, demonstrations.size(), 60, 0, List.of());
                    }
                    return super.imitate(demonstrations, context);
                }
            }));

    @Test
    void contract_soundStudent_passes() {
        Subject.student = CountingStudent::new;
        assertThat(ContractRun.of(Subject.class)).isEqualTo(ContractRun.NOTHING_AMISS);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("BROKEN")
    void contract_brokenStudent_failsInThatPoint(Map.Entry<String, Supplier<Student>> broken) {
        Subject.student = broken.getValue();
        assertThat(ContractRun.of(Subject.class, broken.getKey()).failed()).containsExactly(broken.getKey());
    }

    @Test
    void contract_everyTest_hasAStudentThatFailsIt() {
        assertThat(BROKEN.stream().map(Map.Entry::getKey)).hasSameElementsAs(ContractRun.testsOf(Subject.class));
    }

    /** Reports steps without a gradient norm that is a number. */
    private record UnsoundNorms(TrainingContext asked) implements TrainingContext {
        static LossPoint unsound(LossPoint point) {
            return new LossPoint(point.step(), point.loss(), point.learningRate(), OptionalDouble.of(Double.NaN));
        }

        @Override
        public int iteration() {
            return asked.iteration();
        }

        @Override
        public long randomSeed() {
            return asked.randomSeed();
        }

        @Override
        public boolean stopRequested() {
            return asked.stopRequested();
        }

        @Override
        public Path checkpointDirectory() {
            return asked.checkpointDirectory();
        }

        @Override
        public void onStep(LossPoint point, long totalSteps, StepMeasurement measured) {
            asked.onStep(unsound(point), totalSteps, measured);
        }

        @Override
        public void onNotice(String message) {
            asked.onNotice(message);
        }
    }

    /** A student that is sound but for what a subclass changes. */
    private static class Almost implements Student {
        private final CountingStudent sound = new CountingStudent();

        @Override
        public List<Response> answer(List<Instruction> batch) {
            return sound.answer(batch);
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
                throws IOException {
            return summary(sound.imitate(demonstrations, context(context)));
        }

        TrainingContext context(TrainingContext asked) {
            return asked;
        }

        ImitationSummary summary(ImitationSummary sound) {
            return sound;
        }

        @Override
        public void save(Path directory) throws IOException {
            sound.save(directory);
        }

        @Override
        public void restore(Path directory) throws IOException {
            sound.restore(directory);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    /** The contract as the platform runs it, on the student of the moment. */
    static class Subject extends StudentContract {
        private static Supplier<Student> student = CountingStudent::new;

        @Override
        protected Student create() {
            return student.get();
        }
    }
}
