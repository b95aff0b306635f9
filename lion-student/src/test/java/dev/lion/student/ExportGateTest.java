package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.checkpoint.TensorSource;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.gguf.GgufModel;
import dev.lion.student.gguf.GgufTemplate;
import dev.lion.student.gguf.GgufType;
import dev.lion.student.gguf.GgufVocabulary;
import dev.lion.student.gguf.SteeringTokens;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportGateTest {
    private static final String EMBEDDING = "model.embed_tokens.weight";

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(TinyFolders.class)
    void export_everyKindOfStudent_isTheStudentAgain(TinyFolders kind) throws IOException {
        try (var student = student(kind)) {
            Fidelity f32 = student.exportGguf(folder("f32"), "tiny", GgufType.F32);
            Fidelity q8 = student.exportGguf(folder("q8"), "tiny", GgufType.Q8_0);
            Fidelity whole = student.export(folder("hf"), CheckpointFormat.ofType(StoredType.F32));
            student.save(folder("saved"));

            assertThat(f32.largestDifference()).isZero();
            assertThat(f32.sameTokens()).isEqualTo(f32.tokens()).isPositive();
            assertThat(q8.largestDifference()).isPositive();
            assertThat(whole).isEqualTo(f32);
            assertThat(temp.resolve("f32")).isDirectoryContaining("glob:**tiny-F32.gguf");
        }
    }

    @Test
    void export_mergedAdapter_staysWithinTheRounding() throws IOException {
        try (var student = builder(TinyFolders.QWEN_2)
                .lora(LoraConfig.ofRank(2))
                .baseType(WeightType.FLOAT32)
                .build()) {
            for (String name : student.model().weights().trainable().names()) {
                var numbers = student.model().weights().trainable().bytes(name).asFloatBuffer();
                while (numbers.hasRemaining()) {
                    numbers.put(0.02f * (numbers.position() % 7 - 3));
                }
            }
            student.save(folder("adapter"));
            Fidelity merged = student.exportGguf(folder("merged"), "tiny", GgufType.F32);

            assertThat(merged.relativeDifference()).isLessThan(1e-3);
            assertThat(merged.sameTokens()).isEqualTo(merged.tokens());
        }
    }

    @Test
    void requireSaved_changedFiles_namesWhatDiffers() throws IOException {
        try (var student = student(TinyFolders.LLAMA_3)) {
            Path saved = folder("saved");
            student.save(saved);
            var gate = new ExportGate(student.model());
            gate.requireSaved(saved);

            byte[] weights = Files.readAllBytes(saved.resolve("model.safetensors"));
            weights[weights.length - 2] ^= 1;
            Files.write(saved.resolve("model.safetensors"), weights);
            change(saved.resolve("tokenizer.json"), json -> json.put("version", "1.1"));
            change(saved.resolve("tokenizer_config.json"), json -> json.put("chat_template", "{{ eos_token }}"));
            change(saved.resolve("tokenizer_config.json"), json -> json.put("bos_token", "<think>"));
            change(
                    saved.resolve("config.json"),
                    json -> json.put("eos_token_id", 1).put("rope_theta", 1e4));
            change(saved.resolve("generation_config.json"), json -> json.put("eos_token_id", 1));

            assertThatThrownBy(() -> gate.requireSaved(saved))
                    .isInstanceOf(ExportMismatchException.class)
                    .hasMessageContainingAll(
                            "the weights of model.norm.weight are others: 1 of 64, by up to",
                            "tokenizer.json holds other bytes",
                            "the prompt format is",
                            "the bos_token of tokenizer_config.json",
                            "the model's shape is",
                            "the special tokens");
        }
    }

    @Test
    void requireFolder_otherWords_namesWhatDiffers() throws IOException {
        try (var student = student(TinyFolders.QWEN_2)) {
            Path whole = folder("whole");
            student.export(whole, CheckpointFormat.ofType(StoredType.F32));
            change(whole.resolve("tokenizer_config.json"), json -> {
                json.put("add_bos_token", true);
                json.put("chat_template", json.path("chat_template").asText().replace("You help.", "You do not."));
            });
            change(
                    whole.resolve("tokenizer.json"),
                    json -> ((ArrayNode) json.path("model").path("merges")).remove(0));

            assertThatThrownBy(() ->
                            new ExportGate(student.model()).requireFolder(whole, StoredType.F32, student.config()))
                    .hasMessageContainingAll(
                            "the token that every text begins with is",
                            "has other tokens from place",
                            "a conversation of 1 messages is written as");
        }
    }

    @Test
    void requireGguf_otherWeightsWordsOrTokens_namesWhatDiffers() throws IOException {
        try (var student = student(TinyFolders.LLAMA_2)) {
            GgufModel right = said(student);
            TensorSource weights = (name, chunks) -> student.model().weights().read(name, chunks::accept);
            TensorSource others = (name, chunks) -> weights.read(name, chunk -> {
                var values = new float[chunk.remaining()];
                chunk.get(values);
                values[0] += name.equals(EMBEDDING) ? 0.5f : 0;
                chunks.accept(FloatBuffer.wrap(values));
            });
            var steering = right.vocabulary().steering();
            var noBos = new SteeringTokens(
                    OptionalInt.of(0), false, steering.eos(), steering.eos(), steering.pad(), steering.unknown());
            var v = right.vocabulary();
            var vocabulary = new GgufVocabulary(
                    v.kind(), v.pre(), v.tokens(), v.types(), v.scores(), v.merges(), v.spacePrefix(), noBos);

            refused(student, right, right, others, "the weights of " + EMBEDDING + " are others: ", "by up to 0.5");
            refused(
                    student,
                    right,
                    new GgufModel(right.name(), right.config(), vocabulary, "{{ eos_token }}"),
                    weights,
                    "the special tokens is SteeringTokens[bos=OptionalInt[0], addsBos=false",
                    "the chat template is another one");
        }
    }

    private void refused(DjlStudent student, GgufModel said, GgufModel written, TensorSource weights, String... words)
            throws IOException {
        Path file = folder("gguf" + words.length + words[0].hashCode()).resolve("m.gguf");
        written.write(file, GgufType.F32, weights);
        assertThatThrownBy(
                        () -> new ExportGate(student.model()).requireGguf(file, said, GgufType.F32, student.config()))
                .isInstanceOf(ExportMismatchException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void check_differenceBeyondTheTolerance_saysByHowMuch() {
        var differences = new ArrayList<String>();

        new Tolerance(0.01, true).check(new Fidelity(0.5, 10, 36, 34), differences);

        assertThat(differences)
                .containsExactly(
                        "its logits differ by up to 0.500, 5.00 % of the largest one; at most 1.00 % is due to rounding",
                        "it takes 2 of 36 greedy tokens otherwise");
    }

    @Test
    void compare_modelOfOtherWeights_isFarAway() throws IOException {
        try (var student = student(TinyFolders.QWEN_3);
                var other = student(TinyFolders.QWEN_3)) {
            other.model()
                    .weights()
                    .trainable()
                    .bytes("model.norm.weight")
                    .asFloatBuffer()
                    .put(0, 30f);
            var prompts =
                    new Wording(student.model().tokenizer(), student.model().encoder()).prompts();

            Fidelity found = Predictions.of(student.model().weights(), prompts)
                    .compare(other.model().weights());

            assertThat(found.relativeDifference()).isGreaterThan(0.05);
        }
    }

    @Test
    void export_weightBeyondTheType_leavesTheFolderEmpty() throws IOException {
        try (var student = student(TinyFolders.LLAMA_OF_LION)) {
            student.model()
                    .weights()
                    .trainable()
                    .bytes(EMBEDDING)
                    .asFloatBuffer()
                    .put(5, 1e6f);
            Path folder = folder("f16");

            assertThatThrownBy(() -> student.exportGguf(folder, "tiny", GgufType.F16))
                    .isInstanceOf(CheckpointException.class);
            assertThatThrownBy(() -> student.export(folder, CheckpointFormat.ofType(StoredType.F16)))
                    .isInstanceOf(CheckpointException.class);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void exportGguf_preTokenizerThatLlamaCppLacks_isRefusedByName() throws IOException {
        Path source = source(TinyFolders.QWEN_2);
        change(
                source.resolve("tokenizer.json"),
                json -> json.putObject("pre_tokenizer").put("type", "Whitespace"));
        try (var student = DjlStudent.builder().checkpoint(source).build()) {
            assertThatThrownBy(() -> student.exportGguf(folder("o"), "tiny", GgufType.F32))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContainingAll("no pre-tokenizer", "(Whitespace)", "export to safetensors instead");
        }
    }

    private static GgufModel said(DjlStudent student) {
        var model = student.model();
        var config = model.decoder().config();
        return new GgufModel(
                "tiny",
                config,
                GgufVocabulary.of(
                        model.tokenizer(),
                        model.encoder().beginning(),
                        model.encoder().end(),
                        config.vocabSize()),
                GgufTemplate.of(model.format()));
    }

    /** A change to a file's object. */
    private interface Change {
        void apply(ObjectNode json);
    }

    private static void change(Path file, Change change) throws IOException {
        ObjectNode json = JsonFile.read(file);
        change.apply(json);
        JsonFile.write(file, json);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(temp.resolve(name));
    }

    private Path source(TinyFolders kind) throws IOException {
        Path source = temp.resolve("source-" + kind.folderName());
        if (!Files.exists(source)) {
            kind.write(Files.createDirectories(source));
        }
        return source;
    }

    private DjlStudentBuilder builder(TinyFolders kind) throws IOException {
        return DjlStudent.builder()
                .checkpoint(source(kind))
                .precision(Precision.FLOAT32)
                .threads(1);
    }

    private DjlStudent student(TinyFolders kind) throws IOException {
        return builder(kind).build();
    }
}
