package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Demonstration;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.testing.ScriptedTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A student whose model stays as it is while an adapter learns. */
class AdaptedStudentTest {
    private static final LoraConfig LORA = LoraConfig.ofRank(8).withAlpha(16);
    private static final List<Demonstration> LESSONS = lessons(7);

    /** The same questions with other answers. */
    private static final List<Demonstration> CORRECTIONS = lessons(3);

    @TempDir
    private static Path models;

    private static Path base;

    @TempDir
    private Path temp;

    private static List<Demonstration> lessons(int factor) {
        return IntStream.range(0, 6)
                .mapToObj(i -> new Demonstration(
                        Instruction.of("What is " + i + " times something?"), Response.of("It is " + i * factor + ".")))
                .toList();
    }

    @BeforeAll
    static void trainAModel() throws Exception {
        base = Files.createDirectory(models.resolve("base"));
        var texts = Stream.concat(LESSONS.stream(), CORRECTIONS.stream())
                .map(lesson -> PromptFormat.plain().prompt(lesson.instruction())
                        + lesson.response().text());
        try (var tokenizer = StudentTokenizer.train(texts.toList(), 300);
                var student = configured(60)
                        .promptFormat(PromptFormat.plain())
                        .fromScratch(
                                DecoderConfig.builder()
                                        .vocabSize(tokenizer.vocabSize())
                                        .hiddenSize(32)
                                        .intermediateSize(64)
                                        .numHiddenLayers(2)
                                        .numAttentionHeads(4)
                                        .numKeyValueHeads(2)
                                        .maxPositionEmbeddings(64)
                                        .build(),
                                tokenizer,
                                1)
                        .build()) {
            student.imitate(LESSONS, ScriptedTraining.in(models.resolve("training"), 1));
            student.save(base);
        }
    }

    private static DjlStudentBuilder configured(int epochs) {
        return DjlStudent.builder()
                .precision(Precision.FLOAT32)
                .decoding(DecodingConfig.greedy(12))
                .training(TrainingConfig.builder()
                        .epochs(epochs)
                        .batchSize(3)
                        .learningRate(1e-2)
                        .build());
    }

    private static DjlStudentBuilder adapting() {
        return configured(60).checkpoint(base).lora(LORA);
    }

    private static List<String> answers(DjlStudent student) throws InterruptedException {
        return student.answer(LESSONS.stream().map(Demonstration::instruction).toList()).stream()
                .map(Response::text)
                .toList();
    }

    private static List<String> texts(List<Demonstration> lessons) {
        return lessons.stream().map(lesson -> lesson.response().text()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void imitate_adapter_learnsWhileTheModelStaysAsItIs(WeightType type) throws Exception {
        try (var student = adapting().baseType(type).build()) {
            assertThat(answers(student)).isEqualTo(texts(LESSONS));

            student.imitate(CORRECTIONS, ScriptedTraining.in(temp, 3));

            assertThat(answers(student)).isEqualTo(texts(CORRECTIONS));
        }
    }

    @Test
    void save_adapter_isAPeftFolderThatIsReadWithItsModel() throws Exception {
        Path saved = Files.createDirectory(temp.resolve("saved"));
        try (var student = adapting().build()) {
            student.imitate(CORRECTIONS, ScriptedTraining.in(temp, 3));
            student.save(saved);
        }

        assertThat(saved).isDirectoryContaining("glob:**/adapter_config.json");
        assertThat(Files.size(saved.resolve("adapter_model.safetensors"))).isLessThan(200_000);
        try (var again = configured(1).checkpoint(saved).build()) {
            assertThat(answers(again)).isEqualTo(texts(CORRECTIONS));
            assertThat(again.model().isAdapted()).isTrue();
        }
    }

    @Test
    void restore_ofAnEarlierAdapter_isTheStudentThatItWas() throws Exception {
        Path before = Files.createDirectory(temp.resolve("before"));
        try (var student = adapting().build()) {
            student.save(before);
            student.imitate(CORRECTIONS, ScriptedTraining.in(temp, 3));
            student.restore(before);

            assertThat(answers(student)).isEqualTo(texts(LESSONS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void export_adapter_standsAlone(StoredType type) throws Exception {
        Path whole = Files.createDirectory(temp.resolve("whole"));
        try (var student = adapting().build()) {
            student.imitate(CORRECTIONS, ScriptedTraining.in(temp, 3));
            student.export(whole, CheckpointFormat.ofType(type));
        }
        try (var again = configured(1).checkpoint(whole).build()) {
            assertThat(answers(again)).isEqualTo(texts(CORRECTIONS));
            assertThat(again.model().isAdapted()).isFalse();
        }
    }

    @Test
    void build_adapterWhoseModelIsGone_saysWhichAndTakesAnother() throws Exception {
        Path moved = Files.createDirectory(temp.resolve("moved"));
        Path saved = Files.createDirectory(temp.resolve("saved"));
        try (var student = configured(1).checkpoint(base).build()) {
            student.save(moved);
        }
        try (var student = configured(1).checkpoint(moved).lora(LORA).build()) {
            student.save(saved);
        }
        Path away = Files.move(moved, temp.resolve("away"));

        assertThatThrownBy(() -> configured(1).checkpoint(saved).build())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(moved.toString())
                .hasMessageContaining("give the model's folder");
        try (var student = configured(1).checkpoint(saved).base(away).build()) {
            assertThat(answers(student)).isEqualTo(texts(LESSONS));
        }
    }

    @Test
    void build_clashingSettings_namesBoth() throws Exception {
        Path saved = Files.createDirectory(temp.resolve("saved"));
        try (var student = adapting().build()) {
            student.save(saved);
        }
        assertThatThrownBy(() -> configured(1)
                        .checkpoint(saved)
                        .lora(LoraConfig.ofRank(4))
                        .build())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("adapter of its own");
    }

    @Test
    void learn_conversation_learnsEveryAnswerOfIt() throws Exception {
        var conversation = new Conversation(
                "talk",
                List.of(
                        Message.user("What is 1 times something?"),
                        Message.assistant("It is 3."),
                        Message.user("What is 2 times something?"),
                        Message.assistant("It is 6.")));
        try (var student = adapting().build()) {
            var summary = student.learn(List.of(conversation), ScriptedTraining.in(temp, 3));

            assertThat(summary.examples()).isEqualTo(1);
            assertThat(summary.losses().get(59).loss())
                    .isLessThan(0.1 * summary.losses().get(0).loss());
        }
    }
}
