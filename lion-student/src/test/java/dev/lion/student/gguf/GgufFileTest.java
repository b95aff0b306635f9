package dev.lion.student.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.TensorSource;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.ModelFamily;
import dev.lion.student.decoder.RopeScaling;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {
    /** Of the header's beginning: magic, version, counts. */
    private static final int TENSORS_AT = 8;

    private static final int KEYS_AT = 16;

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void read_ofWhatWasWritten_isTheSame(ModelFamily family) throws IOException {
        GgufModel model = model(family);
        Path file = temp.resolve("m.gguf");

        model.write(file, GgufType.F32, numbers(model.config()));
        GgufFile read = GgufFile.open(file);

        var differences = new ArrayList<String>();
        model.compare(read, differences);
        assertThat(differences).isEmpty();
        for (String name : model.config().parameterShapes().keySet()) {
            assertThat(all(read, name)).as(name).isEqualTo(all(numbers(model.config()), name));
        }
    }

    @Test
    void write_llamasQueries_putsPairsOfTheRotaryEmbeddingTogether() throws IOException {
        GgufModel model = model(ModelFamily.LLAMA);
        Path file = temp.resolve("m.gguf");

        model.write(file, GgufType.F32, numbers(model.config()));

        String name = "model.layers.0.self_attn.q_proj.weight";
        int width = model.config().hiddenSize();
        float[] plain = all(numbers(model.config()), name);
        float[] stored = all(new RotaryOrderTestSource(file), "blk.0.attn_q.weight");
        assertThat(Arrays.copyOfRange(stored, width, 2 * width))
                .isEqualTo(Arrays.copyOfRange(plain, 4 * width, 5 * width)); // row 1 was row 4 of a head of 8
    }

    /** Reads tensors of a file by the names and in the order that they have there. */
    private record RotaryOrderTestSource(Path file) implements TensorSource {
        @Override
        public void read(String name, Consumer<FloatBuffer> chunks) throws IOException {
            var contents = GgufContents.read(file);
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            var tensor = Objects.requireNonNull(contents.tensors().get(name));
            bytes.position(
                    Math.toIntExact(Objects.requireNonNull(contents.places().get(name))));
            var values = new float[(int) tensor.count()];
            bytes.asFloatBuffer().get(values);
            chunks.accept(FloatBuffer.wrap(values));
        }
    }

    @Test
    void write_numberBeyondTheType_isRefused() {
        GgufModel model = model(ModelFamily.QWEN2);
        TensorSource large = (name, chunks) -> numbers(model.config()).read(name, chunk -> {
            chunk.put(0, 1e6f);
            chunks.accept(chunk);
        });

        assertThatThrownBy(() -> model.write(temp.resolve("m.gguf"), GgufType.F16, large))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("token_embd.weight", "beyond the range of F16");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0005, 0.01, 0.1, 0.5, 0.9, 0.9999})
    void open_cutFile_isRefused(double share) throws IOException {
        byte[] whole = bytes();
        Path cut = temp.resolve("cut.gguf");
        Files.write(cut, Arrays.copyOf(whole, (int) (whole.length * share)));

        assertThatThrownBy(() -> GgufFile.open(cut))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("cut.gguf: not a sound GGUF file");
    }

    @Test
    void open_bytesAfterTheEnd_isRefused() throws IOException {
        byte[] whole = bytes();

        assertThatThrownBy(() -> GgufFile.open(written(Arrays.copyOf(whole, whole.length + 32))))
                .hasMessageContaining("is something after it");
    }

    @ParameterizedTest
    @ValueSource(ints = {TENSORS_AT, KEYS_AT})
    void open_impossibleCount_isRefusedBeforeAnythingIsAllocated(int place) throws IOException {
        byte[] damaged = bytes();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(place, Long.MAX_VALUE);

        assertThatThrownBy(() -> GgufFile.open(written(damaged)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("more than any model");
    }

    @Test
    void open_otherFileOrVersion_saysSo() throws IOException {
        byte[] older = bytes();
        older[4] = 2;

        assertThatThrownBy(() -> GgufFile.open(written("{\"json\": true}".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("does not begin with the letters GGUF");
        assertThatThrownBy(() -> GgufFile.open(written(older))).hasMessageContaining("version 2");
    }

    /** A damaged file may read as another sound one, but nothing else may come of it than a refusal. */
    @Test
    void open_anyDamagedByteOfTheHeader_isReadOrRefusedInWords() throws IOException {
        byte[] whole = bytes();
        var random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(4000)] = (byte) random.nextInt();
            try {
                GgufFile.open(written(damaged));
            } catch (CheckpointException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(temp.resolve("damaged.gguf"), bytes);
    }

    private byte[] bytes() throws IOException {
        Path file = temp.resolve("whole.gguf");
        Files.deleteIfExists(file);
        GgufModel model = model(ModelFamily.LLAMA);
        model.write(file, GgufType.Q8_0, numbers(model.config()));
        return Files.readAllBytes(file);
    }

    private static GgufModel model(ModelFamily family) {
        try (var tokenizer = StudentTokenizer.train(List.of("a b a b"), 300)) {
            var builder = DecoderConfig.builder()
                    .family(family)
                    .vocabSize(tokenizer.vocabSize() + 2)
                    .hiddenSize(32)
                    .intermediateSize(48)
                    .numHiddenLayers(2)
                    .numAttentionHeads(4)
                    .numKeyValueHeads(2)
                    .tieWordEmbeddings(family != ModelFamily.MISTRAL);
            if (family == ModelFamily.LLAMA) {
                builder.ropeScaling(new RopeScaling(8, 1, 4, 64));
            }
            var config = builder.build();
            var vocabulary = GgufVocabulary.of(tokenizer, OptionalInt.empty(), tokenizer.eosId(), config.vocabSize());
            return new GgufModel("tiny", config, vocabulary, "{{ messages[0]['content'] }}");
        }
    }

    private static TensorSource numbers(DecoderConfig config) {
        return (name, chunks) -> {
            long count = config.parameterShapes().getOrDefault(name, List.of()).stream()
                    .reduce(1L, (a, b) -> a * b);
            var random = new Random(name.hashCode());
            var numbers = FloatBuffer.allocate((int) count);
            while (numbers.hasRemaining()) {
                numbers.put((float) random.nextGaussian());
            }
            chunks.accept(numbers.flip());
        };
    }

    private static float[] all(TensorSource source, String name) throws IOException {
        var numbers = new ArrayList<Float>();
        source.read(name, chunk -> {
            while (chunk.hasRemaining()) {
                numbers.add(chunk.get());
            }
        });
        var result = new float[numbers.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = numbers.get(i);
        }
        return result;
    }
}
