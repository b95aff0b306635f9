package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Difficulty;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.Finding;
import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.data.JudgingSummary;
import dev.lion.data.Provenance;
import dev.lion.data.Response;
import dev.lion.data.Share;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.fixture.Fakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private static final InstructionPool SEEDS = Fakes.pool("first", "second");
    private static final RunManifest MANIFEST =
            RunManifest.of(Long.MIN_VALUE, SEEDS, Map.of("hard", "gap of 1.0 or more"), Map.of("teacher", "m"));

    @TempDir
    Path temp;

    private Path directory() {
        return temp.resolve("runs/mine");
    }

    private RunDirectory begun() {
        RunDirectory run = RunDirectory.open(directory());
        run.begin(MANIFEST, SEEDS);
        return run;
    }

    private static Answer answer(String text) {
        return new Answer(Instruction.idOf(text, ""), Response.of("answer to " + text));
    }

    @Test
    void begin_newRun_keepsManifestAndSeeds() {
        try (RunDirectory run = RunDirectory.open(directory())) {
            assertThat(run.begin(MANIFEST, SEEDS)).isFalse();
            assertThat(run.begin(MANIFEST, SEEDS)).isTrue();
        }
        RunDirectory read = RunDirectory.read(directory());
        assertThat(read.manifest()).isEqualTo(MANIFEST);
        assertThat(read.seeds()).isEqualTo(SEEDS.instructions());
        assertThat(InstructionPool.read(directory().resolve("seeds.jsonl")).fingerprint())
                .isEqualTo(SEEDS.fingerprint());
    }

    @Test
    void open_directoryOfSomethingElse_isRefusedUntouched() throws IOException {
        Files.writeString(temp.resolve("thesis.tex"), "x");
        assertThatThrownBy(() -> RunDirectory.open(temp))
                .isInstanceOf(NotARunException.class)
                .hasMessageContaining("is not empty and holds no run");
        assertThat(temp).isDirectoryContaining("glob:**/thesis.tex");
        assertThat(temp.resolve("lock")).doesNotExist();
    }

    @Test
    void open_fileInsteadOfDirectory_isRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatThrownBy(() -> RunDirectory.open(file)).isInstanceOf(NotARunException.class);
    }

    @Test
    void open_runThatEndedWhileItBegan_startsAnew() throws IOException {
        begun().close();
        Files.move(directory().resolve("run.json"), directory().resolve("run.json.pending"));
        try (RunDirectory run = RunDirectory.open(directory())) {
            assertThat(run.begin(MANIFEST, SEEDS)).isFalse();
        }
    }

    @Test
    void read_noRun_isRefused() {
        assertThatThrownBy(() -> RunDirectory.read(temp)).isInstanceOf(NotARunException.class);
    }

    @Test
    void begin_openedForReading_isRefused() {
        begun().close();
        RunDirectory run = RunDirectory.read(directory());
        assertThatThrownBy(() -> run.begin(MANIFEST, SEEDS)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.iteration(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void records_ofEveryKind_areReadAsTheyWereWritten() {
        Instruction generated = Instruction.of("naïve\n\u2028 \"text\"", "😀")
                .withProvenance(Provenance.generated("0123456789abcdef", 2, Difficulty.EASY));
        Response loneSurrogate = new Response("cut \ud83d", FinishReason.LENGTH, new TokenUsage(1, Long.MAX_VALUE));
        Judgement judgement = new Judgement(
                "x", Optional.of(Verdict.of(0.1 + 0.2 + 1, 10)), Optional.of(Verdict.abstain("why")), Optional.empty());
        Judgement asked = new Judgement(
                "y",
                Optional.empty(),
                Optional.of(Verdict.of(3, 4)),
                Optional.of(new Finding(0.1 + 0.2, Difficulty.EASY)));
        Rejection rejection = new Rejection(generated, "near-duplicate", "too similar", OptionalDouble.of(0.1 + 0.7));
        try (RunDirectory run = begun()) {
            IterationDirectory files = run.iteration(2);
            files.commit(RecordType.GENERATED, List.of(generated));
            files.commit(RecordType.STUDENT_ANSWERS, List.of(new Answer("x", loneSurrogate)));
            files.commit(RecordType.VERDICTS, List.of(judgement, asked));
            files.commit(RecordType.REJECTED, List.of(rejection));
            assertThat(run.generated(2)).containsExactly(generated);
            assertThat(run.instructions())
                    .containsExactly(
                            SEEDS.instructions().get(0), SEEDS.instructions().get(1), generated);
            assertThat(run.studentAnswers(2)).isEqualTo(Map.of("x", loneSurrogate));
            assertThat(run.judgements(2)).containsExactly(judgement, asked);
            assertThat(run.rejected(2)).containsExactly(rejection);
        }
    }

    @Test
    void summary_allParts_areReadAsTheyWereWritten() {
        IterationSummary summary = new IterationSummary(
                1,
                Optional.of(new IterationSummary.Discrimination(
                        3,
                        4,
                        5,
                        7.1,
                        6.3,
                        new JudgingSummary(
                                17,
                                24,
                                2,
                                1,
                                new JudgingSummary.Orders(9, 4, 2, -0.25),
                                Optional.of(new JudgingSummary.Estimates(
                                        0.4, new Share(0.9, 0.8, 0.95), new Share(0.8, 0.7, 1), Share.exactly(0)))))),
                Optional.of(new IterationSummary.Generation(9, 2, 2, Map.of("too-short", 5))),
                4,
                11,
                1,
                new ImitationSummary(
                        3,
                        2,
                        4100,
                        99,
                        List.of(new LossPoint(1, 2.5, 0, OptionalDouble.of(0.75)), new LossPoint(2, Double.NaN, 2e-5))),
                Optional.of(new EvaluationSummary(Map.of("sums", new EvaluationSummary.Score(1, 2)))),
                0);
        try (RunDirectory run = begun()) {
            Files.createDirectories(directory().resolve("iteration-1/in-progress"));
            run.iteration(1).finish(summary);
            assertThat(run.summaries()).containsExactly(summary);
            assertThat(directory().resolve("iteration-1/in-progress")).doesNotExist();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void stageTimes_severalSittings_areSummed() {
        try (RunDirectory run = begun()) {
            run.addStageTime(new StageTime(0, Stage.IMITATION, Duration.ofMillis(20)));
            run.addStageTime(new StageTime(1, Stage.GENERATION, Duration.ofMillis(5)));
            run.addStageTime(new StageTime(0, Stage.IMITATION, Duration.ofMillis(3)));
            assertThat(run.stageTimes())
                    .containsExactly(
                            new StageTime(0, Stage.IMITATION, Duration.ofMillis(23)),
                            new StageTime(1, Stage.GENERATION, Duration.ofMillis(5)));
        }
    }

    @Test
    void student_pendingOneLeftBehind_isTheLastFinished() throws IOException {
        ImitationSummary learnt = ImitationSummary.ofAll(1, 0, List.of());
        try (RunDirectory run = begun()) {
            assertThat(run.student()).isEmpty();
            for (int iteration = 0; iteration <= 10; iteration += 5) {
                Files.writeString(run.iteration(iteration).pendingStudent().resolve("weights"), "w");
                run.iteration(iteration).trainingDirectory();
                if (iteration < 10) {
                    run.iteration(iteration).finishImitation(learnt);
                }
            }
            assertThat(run.student()).contains(directory().resolve("student/iteration-5"));
            assertThat(directory().resolve("iteration-5/in-progress/training")).doesNotExist();
        }
    }

    @Test
    void open_pendingStudentLeftBehind_isRemovedAndTheTrainingKept() throws IOException {
        try (RunDirectory run = begun()) {
            Files.writeString(run.iteration(0).pendingStudent().resolve("weights"), "half");
            Files.writeString(run.iteration(0).trainingDirectory().resolve("optimizer"), "o");
        }
        RunDirectory.open(directory()).close();
        assertThat(directory().resolve("student/iteration-0.pending")).doesNotExist();
        assertThat(directory().resolve("iteration-0/in-progress/training/optimizer"))
                .exists();
    }

    @Test
    void commit_diskRefuses_namesThePathAndKeepsWhatWasThere() throws IOException {
        try (RunDirectory run = begun()) {
            run.iteration(0).commit(RecordType.ANSWERS, List.of(answer("first")));
            Files.createDirectory(directory().resolve("iteration-0/answers.jsonl.pending"));
            assertThatThrownBy(() -> run.iteration(0).commit(RecordType.ANSWERS, List.of()))
                    .isInstanceOf(RunStorageException.class)
                    .hasMessageContaining("cannot write " + directory().resolve("iteration-0/answers.jsonl"));
            assertThat(run.teacherAnswers()).hasSize(1);
        }
    }
}
