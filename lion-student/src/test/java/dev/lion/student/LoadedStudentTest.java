package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.PackedBatch;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.decoding.PromptTooLongException;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedStudentTest {
    @TempDir
    private static Path models;

    private static Path folder;

    @BeforeAll
    static void writeAStudent() throws Exception {
        folder = Files.createDirectory(models.resolve("student"));
        try (var tokenizer = StudentTokenizer.train(List.of("what is it? it is six, and six is even."), 280);
                var student = DjlStudent.builder()
                        .promptFormat(PromptFormat.plain())
                        .fromScratch(
                                DecoderConfig.builder()
                                        .vocabSize(tokenizer.vocabSize())
                                        .hiddenSize(32)
                                        .intermediateSize(64)
                                        .numHiddenLayers(2)
                                        .numAttentionHeads(4)
                                        .numKeyValueHeads(2)
                                        .maxPositionEmbeddings(256)
                                        .build(),
                                tokenizer,
                                1)
                        .build()) {
            student.export(folder, CheckpointFormat.ofType(StoredType.F32));
        }
    }

    private static List<Message> question(String words) {
        return List.of(Message.user(words));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 0.001", "INT8, 0.1"})
    void scores_answers_areTheLogarithmsOfTheirProbabilities(WeightType type, double tolerance) throws Exception {
        var answers = List.of("it is six", "it is six, and six is even", "six");
        var config = LoadConfig.defaults().withWeights(type);
        try (var student = LoadedStudent.load(folder, config);
                var exact = StudentModel.load(folder, LoadConfig.defaults().studentConfig())) {
            var scores = student.scores(question("what is it?"), answers);
            for (int i = 0; i < answers.size(); i++) {
                var talk =
                        new Conversation("x", List.of(Message.user("what is it?"), Message.assistant(answers.get(i))));
                double expected = exact.weights()
                        .logProbabilities(PackedBatch.of(exact.encoder().sequences(talk)))[0];

                assertThat(scores.get(i)).isCloseTo(expected, within(tolerance));
            }
        }
    }

    @Test
    void scores_answerWithoutWords_isRefused() throws Exception {
        try (var student = LoadedStudent.load(folder)) {
            assertThatThrownBy(() -> student.scores(question("what is it?"), List.of(" ")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("without words");
        }
    }

    @Test
    void answer_sameSeed_givesTheSameBesideOthers() throws Exception {
        try (var student = LoadedStudent.load(folder)) {
            var config = DecodingConfig.defaults().withMaxNewTokens(30);
            var alone = student.answer(question("six?"), config, 7, text -> {}).await();
            var beside = IntStream.range(0, 20)
                    .mapToObj(i -> student.answer(question(i == 9 ? "six?" : "even " + i), config, 7, text -> {}))
                    .toList();

            assertThat(beside.get(9).await().tokens()).isEqualTo(alone.tokens());
            for (Decoding one : beside) {
                one.await();
            }
        }
    }

    @Test
    void answer_questionBeyondTheContext_isRefused() throws Exception {
        try (var student = LoadedStudent.load(folder)) {
            assertThatThrownBy(() -> student.answer(question("it is ".repeat(300)), student.decoding(), 1, text -> {}))
                    .isInstanceOf(PromptTooLongException.class);
            assertThatThrownBy(() -> student.answer(List.of(Message.system("x")), student.decoding(), 1, text -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void close_whileManyAskAndScore_endsEverybodyCleanly() throws Exception {
        var callers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                var student = LoadedStudent.load(folder);
                var calls = IntStream.range(0, 8)
                        .mapToObj(i -> callers.submit(() -> {
                            while (true) {
                                if (i % 2 == 0) {
                                    student.scores(question("what is it?"), List.of("it is six", "six"));
                                } else {
                                    student.answer(question("six?"), student.decoding(), i, text -> {})
                                            .await();
                                }
                            }
                        }))
                        .toList();
                Thread.sleep(100);
                student.close();
                for (var call : calls) {
                    assertThatThrownBy(call::get)
                            .cause()
                            .isInstanceOfAny(IllegalStateException.class, CancellationException.class);
                }
            }
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void load_settingsThatCannotBe_areRefused() {
        var config =
                LoadConfig.defaults().withBatching(BatchingConfig.defaults().withCacheBytes(10));

        assertThatThrownBy(() -> LoadedStudent.load(folder, config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cacheBytes");
    }
}
