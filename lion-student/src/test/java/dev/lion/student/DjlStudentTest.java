package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.Demonstration;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Candidates;
import dev.lion.role.StoppedException;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.PackedBatch;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.testing.ScriptedTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlStudentTest {
    private static final List<Demonstration> LESSONS = IntStream.range(0, 10)
            .mapToObj(i -> new Demonstration(
                    Instruction.of("What is " + i + " plus " + (i * 7 % 10) + "?"),
                    Response.of("It is " + (i + i * 7 % 10) + ".")))
            .toList();
    private static StudentTokenizer tokenizer;

    @TempDir
    Path temp;

    @BeforeAll
    static void trainTokenizer() {
        var texts = LESSONS.stream()
                .map(lesson -> PromptFormat.plain().prompt(lesson.instruction())
                        + lesson.response().text());
        tokenizer = StudentTokenizer.train(texts.toList(), 300);
    }

    @AfterAll
    static void free() {
        tokenizer.close();
    }

    @Test
    void imitate_tenLessons_answersThemAsTaught() throws Exception {
        try (var student = student(1)) {
            var summary = student.imitate(LESSONS, ScriptedTraining.in(temp, 3));

            assertThat(summary.examples()).isEqualTo(10);
            assertThat(student.answer(instructions()).stream().map(Response::text))
                    .isEqualTo(
                            LESSONS.stream().map(one -> one.response().text()).toList());
        }
    }

    @Test
    void imitate_longDemonstration_isSkippedAndCounted() throws Exception {
        var tooLong = new Demonstration(Instruction.of("Repeat."), Response.of("plus ".repeat(100)));
        try (var student = student(1)) {
            var summary = student.imitate(List.of(LESSONS.get(0), tooLong), ScriptedTraining.in(temp, 3));

            assertThat(summary.examples()).isEqualTo(1);
            assertThat(summary.skipped()).isEqualTo(1);
        }
    }

    @Test
    void imitate_progressOfAnotherStudent_isNotTakenUp() throws Exception {
        Path directory = temp.resolve("training");
        try (var first = student(1);
                var second = student(2);
                var alone = student(2)) {
            assertThatThrownBy(() -> first.imitate(
                            LESSONS, ScriptedTraining.in(directory, 3).stoppedAfter(5)))
                    .isInstanceOf(StoppedException.class);
            var expected = alone.imitate(LESSONS, ScriptedTraining.in(temp.resolve("alone"), 3));

            assertThat(second.imitate(LESSONS, ScriptedTraining.in(directory, 3)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void imitate_stoppedAndCalledAgainOnTheSameStudent_goesOn() throws Exception {
        Path directory = temp.resolve("training");
        try (var stopped = student(1);
                var whole = student(1)) {
            assertThatThrownBy(() -> stopped.imitate(
                            LESSONS, ScriptedTraining.in(directory, 3).stoppedAfter(5)))
                    .isInstanceOf(StoppedException.class);
            var rest = ScriptedTraining.in(directory, 3);
            var summary = stopped.imitate(LESSONS, rest);

            assertThat(summary).isEqualTo(whole.imitate(LESSONS, ScriptedTraining.in(temp.resolve("whole"), 3)));
            assertThat(rest.points().get(0).step()).isEqualTo(6);
        }
    }

    @Test
    void restore_whatAnotherStudentSaved_answersAndLogitsAreTheSame() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("saved"));
        try (var student = student(1);
                var other = student(2)) {
            student.imitate(LESSONS, ScriptedTraining.in(temp, 3));
            student.save(folder);
            assertThat(other.answer(instructions())).isNotEqualTo(student.answer(instructions()));

            other.restore(folder);

            assertThat(other.answer(instructions())).isEqualTo(student.answer(instructions()));
            assertThat(other.model().weights().logits(5, 6, 7))
                    .isDeepEqualTo(student.model().weights().logits(5, 6, 7));
        }
    }

    @Test
    void build_fromSavedFolder_keepsThePromptFormat() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("saved"));
        try (var student = student(1)) {
            student.save(folder);
        }
        try (var again = DjlStudent.builder().checkpoint(folder).build()) {
            assertThat(again.model().format()).isEqualTo(PromptFormat.plain());
        }
    }

    @Test
    void answer_sampled_dependsOnTheInstructionAndNotOnItsBatch() throws Exception {
        var sampling = DecodingConfig.defaults().withMaxNewTokens(12);
        try (var student = builder(1).decoding(sampling).build()) {
            List<Response> together = student.answer(instructions());
            var alone = new ArrayList<Response>();
            for (Instruction one : instructions()) {
                alone.addAll(student.answer(List.of(one)));
            }

            assertThat(alone).isEqualTo(together);
            assertThat(together.stream().map(Response::text).distinct()).hasSizeGreaterThan(8);
        }
    }

    @Test
    void answer_instructionBeyondTheContext_isEmptyAndCutByLength() throws Exception {
        try (var student = student(1)) {
            var response = student.answer(List.of(Instruction.of("What is ".repeat(100))))
                    .get(0);

            assertThat(response.text()).isEmpty();
            assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void build_withoutAStart_saysWhatToCall() {
        assertThatThrownBy(() -> DjlStudent.builder().build()).hasMessageContaining("call checkpoint or fromScratch");
    }

    @Test
    void answer_afterClose_saysSo() throws Exception {
        var student = student(1);
        student.close();
        student.close();

        assertThatThrownBy(() -> student.answer(instructions())).hasMessageContaining("closed");
    }

    @Test
    void scores_taughtAnswer_isTheLikeliestAndAsWhatItWritesHas() throws Exception {
        var asked = LESSONS.get(3).instruction();
        var answers = List.of("It is 5.", LESSONS.get(3).response().text(), "It is 9.", "plus ".repeat(100));
        try (var student = student(1)) {
            student.imitate(LESSONS, ScriptedTraining.in(temp, 3));
            var scores = student.scores(
                    List.of(new Candidates(asked, answers), new Candidates(asked, answers.subList(1, 2))));

            assertThat(scores.get(0)).hasSize(4).allMatch(score -> score <= 0);
            assertThat(scores.get(0).get(1))
                    .isGreaterThan(scores.get(0).get(0))
                    .isGreaterThan(scores.get(0).get(2));
            assertThat(scores.get(0).get(3)).isEqualTo(Double.NEGATIVE_INFINITY); // beyond its context
            assertThat(scores.get(1)).containsExactly(scores.get(0).get(1));
            double exact = student.model()
                    .weights()
                    .logProbabilities(PackedBatch.of(List.of(student.model()
                            .encoder()
                            .sequence(new Demonstration(asked, Response.of(answers.get(0))))
                            .orElseThrow())))[0];
            assertThat(scores.get(0).get(0)).isCloseTo(exact, within(0.001));
        }
    }

    @Test
    void scores_interrupted_endsBeforeTheNextItem() throws Exception {
        var one = new Candidates(LESSONS.get(0).instruction(), List.of("It is 5."));
        try (var student = student(1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> student.scores(List.of(one, one)))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("interrupted after 0 of 2");
            assertThat(Thread.interrupted()).isFalse();
            assertThat(student.scores(List.of(one))).hasSize(1);
        }
    }

    private static List<Instruction> instructions() {
        return LESSONS.stream().map(Demonstration::instruction).toList();
    }

    private static DjlStudent student(long seed) throws Exception {
        return builder(seed).build();
    }

    private static DjlStudentBuilder builder(long seed) {
        int vocabulary = tokenizer.vocabSize();
        return DjlStudent.builder()
                .fromScratch(
                        DecoderConfig.builder()
                                .vocabSize(vocabulary)
                                .hiddenSize(32)
                                .intermediateSize(64)
                                .numHiddenLayers(2)
                                .numAttentionHeads(4)
                                .numKeyValueHeads(2)
                                .headDim(8)
                                .maxPositionEmbeddings(64)
                                .build(),
                        tokenizer,
                        seed)
                .promptFormat(PromptFormat.plain())
                .training(TrainingConfig.builder()
                        .epochs(200)
                        .learningRate(4e-3)
                        .batchSize(5)
                        .build())
                .decoding(DecodingConfig.greedy(20))
                .threads(2);
    }
}
