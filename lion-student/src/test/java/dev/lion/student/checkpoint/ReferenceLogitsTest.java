package dev.lion.student.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A folder of each family, of each type of weights, whole or in shards, gives the logits of an implementation that shares
 * nothing with this one: {@code src/test/python/reference_logits.py}, which made {@code reference-logits.json}.
 */
class ReferenceLogitsTest {
    /** Of the largest logit of a place: relative errors of numbers around 0 say nothing. */
    private static final double RELATIVE_ERROR = 1e-4;

    private static ObjectNode reference = JsonNodeFactory.instance.objectNode();

    @TempDir
    Path folder;

    @TempDir
    Path published;

    @BeforeAll
    static void readReference() throws IOException {
        String name = "reference-logits.json";
        try (InputStream in = ReferenceLogitsTest.class.getResourceAsStream(name)) {
            reference = JsonFile.parse(Path.of(name), Objects.requireNonNull(in).readAllBytes());
        }
    }

    @ParameterizedTest(name = "{0}, {1}, shards of {2} bytes")
    @CsvSource({
        "llama-tied, F32, 5000000000",
        "llama-tied, F16, 5000000000",
        "llama-tied, BF16, 20000",
        "llama-untied, F32, 20000",
        "llama-untied, BF16, 5000000000",
        "llama3-rope, F32, 5000000000",
        "llama3-rope, BF16, 20000",
        "mistral, F32, 20000",
        "mistral, F16, 5000000000",
        "qwen2, F32, 5000000000",
        "qwen2, BF16, 20000",
        "qwen3, F32, 20000",
        "qwen3, F16, 5000000000",
    })
    void logits_ofAFolder_areThoseOfTheReference(String model, StoredType type, long shard) throws IOException {
        JsonNode expected = reference.path(model);
        ModelDescription description = description(expected.path("config"));
        CheckpointFolder.write(
                folder,
                description,
                CheckpointFormat.ofType(type).withMaxShardBytes(shard),
                new ReferenceWeights(description.config().parameterShapes()));
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");

        float[][] logits = logits(CheckpointFolder.open(folder));

        for (int place = 0; place < logits.length; place++) {
            double[] row = numbers(expected.path("logits").path(place));
            double largest = IntStream.range(0, row.length)
                    .mapToDouble(token -> Math.abs(row[token]))
                    .max()
                    .orElseThrow();
            assertThat(logits[place]).hasSameSizeAs(row);
            for (int token = 0; token < row.length; token++) {
                assertThat((double) logits[place][token])
                        .as("token %d after place %d", token, place)
                        .isCloseTo(row[token], within(RELATIVE_ERROR * largest));
            }
        }
    }

    /** What is read from a folder that is as published, with fields left out and all. */
    private ModelDescription description(JsonNode config) throws IOException {
        JsonFile.write(published.resolve("config.json"), (ObjectNode) config);
        return ModelDescription.read(published);
    }

    private static float[][] logits(CheckpointFolder opened) throws IOException {
        try (var decoder = Decoder.open(opened.config(), false)) {
            var weights = Parameters.zeros(decoder);
            for (String name : weights.names()) {
                opened.readInto(name, weights.bytes(name).asFloatBuffer());
            }
            int[] tokens = StreamSupport.stream(reference.path("tokens").spliterator(), false)
                    .mapToInt(JsonNode::asInt)
                    .toArray();
            return DecoderModel.full(decoder, weights).logits(tokens);
        }
    }

    private static double[] numbers(JsonNode row) {
        return StreamSupport.stream(row.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
