package dev.lion.student.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.ModelFamily;
import dev.lion.student.decoder.RopeScaling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code config.json} of published models, with all that lion does not read, gives the models as they are known. */
class PublishedConfigTest {
    @ParameterizedTest
    @CsvSource({
        "smollm2-135m, LLAMA, 134515008, 64, 8192, 100000, true",
        "tinyllama-1.1b-chat, LLAMA, 1100048384, 64, 2048, 10000, false",
        "llama-3.2-1b, LLAMA, 1235814400, 64, 131072, 500000, true",
        "llama-3.1-8b-instruct, LLAMA, 8030261248, 128, 131072, 500000, false",
        "qwen2.5-0.5b, QWEN2, 494032768, 64, 32768, 1000000, true",
        "qwen3-0.6b, QWEN3, 596049920, 128, 40960, 1000000, true",
        "mistral-7b-v0.1, MISTRAL, 7241732096, 128, 32768, 10000, false",
        "mistral-7b-v0.2, MISTRAL, 7241732096, 128, 32768, 1000000, false",
        "mistral-7b-v0.3, MISTRAL, 7248023552, 128, 32768, 1000000, false",
    })
    void read_ofAPublishedModel_givesItsSize(
            String name, ModelFamily family, long parameters, int headDim, int positions, double theta, boolean tied)
            throws IOException {
        DecoderConfig config = read(name).decoder();

        assertThat(config.family()).isEqualTo(family);
        assertThat(config.parameterCount()).isEqualTo(parameters);
        assertThat(config.headDim()).isEqualTo(headDim);
        assertThat(config.maxPositionEmbeddings()).isEqualTo(positions);
        assertThat(config.ropeTheta()).isEqualTo(theta);
        assertThat(config.tieWordEmbeddings()).isEqualTo(tied);
    }

    @Test
    void read_ofLlama3_givesItsRopeScaling() throws IOException {
        assertThat(read("llama-3.2-1b").decoder().ropeScaling()).contains(new RopeScaling(32, 1, 4, 8192));
        assertThat(read("llama-3.1-8b-instruct").decoder().ropeScaling()).contains(new RopeScaling(8, 1, 4, 8192));
        assertThat(read("llama-3.1-8b-instruct").specialTokens().eos()).isEqualTo(List.of(128001, 128008, 128009));
        assertThat(read("smollm2-135m").decoder().ropeScaling()).isEmpty();
    }

    @Test
    void read_ofASlidingWindow_takesItWhereItIsInUse() throws IOException {
        assertThat(read("mistral-7b-v0.1").decoder().slidingWindow()).isEqualTo(OptionalInt.of(4096));
        assertThat(read("mistral-7b-v0.2").decoder().slidingWindow()).isEmpty();
        assertThat(read("qwen2.5-0.5b").decoder().slidingWindow()).isEmpty();
        assertThat(read("qwen3-0.6b").decoder().slidingWindow()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smollm2-135m",
        "llama-3.2-1b",
        "llama-3.1-8b-instruct",
        "qwen2.5-0.5b",
        "qwen3-0.6b",
        "mistral-7b-v0.1",
        "mistral-7b-v0.3"
    })
    void toConfigJson_ofAPublishedModel_saysTheSame(String name) throws IOException {
        ModelConfig model = read(name);

        assertThat(read(model.toConfigJson())).isEqualTo(model);
    }

    private static ModelConfig read(String name) throws IOException {
        try (InputStream in = PublishedConfigTest.class.getResourceAsStream("published/" + name + ".json")) {
            return read(JsonFile.parse(
                    Path.of(name), Objects.requireNonNull(in, name).readAllBytes()));
        }
    }

    private static ModelConfig read(ObjectNode json) {
        return ModelConfigReader.read(Path.of("config.json"), json, JsonNodeFactory.instance.objectNode());
    }
}
